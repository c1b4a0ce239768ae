import type { Sql } from '../src/platform/db/database.ts'

const HEADER = `-- The schema after all migrations, in the order in which its parts were made.
-- Written by \`npm run generate\`: to change it, add a file to db/migrations and run that.
`

/**
 * The migrated schema as SQL, from the catalogue's own functions: PostgreSQL from npm comes without pg_dump, and the one of an
 * older release refuses a newer server. Throws when the schema holds something that would be left out.
 */
export async function dumpSchema(sql: Sql): Promise<string> {
	await refuseUnknownParts(sql)
	const parts = [await extensions(sql), await sequences(sql), await functions(sql)].filter((part) => part.length > 0)
	return [HEADER, ...parts.map((part) => `${part.join('\n')}\n`), ...(await tables(sql)), ...(await views(sql))].join('\n')
}

/** Below it, oids are the system's own. */
const FIRST_OID = 16_384

/** What is ours: neither the system's nor an extension's. `own` is a row of the catalogue. */
const ours = (sql: Sql, catalog: string) => sql`
	own.oid >= ${FIRST_OID}
	and not exists (select from pg_depend where classid = ${catalog}::regclass and objid = own.oid and deptype = 'e')`

/** Where the migrator keeps its own count. */
const MIGRATOR_TABLES = 'kysely_migration%'

async function extensions(sql: Sql): Promise<string[]> {
	const rows = await sql<{ text: string }[]>`
		select format('CREATE EXTENSION %I;', extname) as text from pg_extension where oid >= ${FIRST_OID} order by extname`
	return rows.map((row) => row.text)
}

/** Sequences of their own; those of identity columns are told of with the column. */
async function sequences(sql: Sql): Promise<string[]> {
	const rows = await sql<{ text: string }[]>`
		select format(
				'CREATE SEQUENCE %s AS %s INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s CACHE %s%s;',
				own.oid::regclass, format_type(seqtypid, null), seqincrement, seqmin, seqmax, seqstart, seqcache,
				case when seqcycle then ' CYCLE' end
			) as text
		from pg_class as own
		join pg_sequence on seqrelid = own.oid
		where ${ours(sql, 'pg_class')}
			and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = own.oid and deptype = 'i')
		order by own.oid`
	return rows.map((row) => row.text)
}

async function functions(sql: Sql): Promise<string[]> {
	const rows = await sql<{ text: string }[]>`
		select trim(e'\n' from pg_get_functiondef(own.oid)) || e';\n' as text
		from pg_proc as own
		where ${ours(sql, 'pg_proc')}
		order by own.oid`
	return rows.map((row) => row.text)
}

async function views(sql: Sql): Promise<string[]> {
	const rows = await sql<{ text: string }[]>`
		select format(e'CREATE VIEW %s AS\n%s\n', own.oid::regclass, pg_get_viewdef(own.oid, true)) as text
		from pg_class as own
		where ${ours(sql, 'pg_class')} and relkind = 'v'
		order by own.oid`
	return rows.map((row) => row.text)
}

type Table = { name: string; options: string | null; columns: string[]; constraints: string[]; after: string[] }

/** Each table with its columns and constraints, and its indexes and triggers right below. */
async function tables(sql: Sql): Promise<string[]> {
	const rows = await sql<Table[]>`
		select own.oid::regclass::text as name,
			array_to_string(reloptions, ', ') as options,
			array(${columnsOf(sql)}) as columns,
			array(
				select format('CONSTRAINT %I %s', conname, pg_get_constraintdef(oid, true))
				from pg_constraint
				where conrelid = own.oid and contype in ('p', 'u', 'c', 'f', 'x')
				order by array_position(array['p', 'u', 'c', 'f', 'x']::"char"[], contype), conname
			) as constraints,
			array(
				select pg_get_indexdef(indexrelid, 0, true)
				from pg_index
				where indrelid = own.oid and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
				order by indexrelid
			) || array(
				select pg_get_triggerdef(oid, true) from pg_trigger where tgrelid = own.oid and not tgisinternal order by tgname
			) as after
		from pg_class as own
		where ${ours(sql, 'pg_class')} and relkind = 'r' and relname not like ${MIGRATOR_TABLES}
		order by own.oid`
	return rows.map(({ name, options, columns, constraints, after }) => {
		const body = [...columns, ...constraints].map((line) => `\t${line}`).join(',\n')
		const statements = [`CREATE TABLE ${name} (\n${body}\n)${options === null ? '' : ` WITH (${options})`}`, ...after]
		return statements.map((statement) => `${statement};\n`).join('')
	})
}

const columnsOf = (sql: Sql) => sql`
	select concat_ws(
			' ',
			quote_ident(attname),
			format_type(atttypid, atttypmod),
			case when attcollation <> typcollation then 'COLLATE ' || attcollation::regcollation end,
			case attgenerated
				when 's' then format('GENERATED ALWAYS AS (%s) STORED', pg_get_expr(adbin, adrelid))
				when 'v' then format('GENERATED ALWAYS AS (%s) VIRTUAL', pg_get_expr(adbin, adrelid))
				else 'DEFAULT ' || pg_get_expr(adbin, adrelid)
			end,
			case attidentity when 'a' then 'GENERATED ALWAYS AS IDENTITY' when 'd' then 'GENERATED BY DEFAULT AS IDENTITY' end,
			case when seqstart <> 1 or seqincrement <> 1 then format('(START WITH %s INCREMENT BY %s)', seqstart, seqincrement) end,
			case when attnotnull then 'NOT NULL' end
		)
	from pg_attribute
	join pg_type on pg_type.oid = atttypid
	left join pg_attrdef on adrelid = attrelid and adnum = attnum
	left join pg_sequence
		on attidentity <> '' and seqrelid = pg_get_serial_sequence(attrelid::regclass::text, attname)::regclass
	where attrelid = own.oid and attnum > 0 and not attisdropped
	order by attnum`

/** A file that leaves something out without a word would be worse than none. */
async function refuseUnknownParts(sql: Sql): Promise<void> {
	const rows = await sql<{ part: string }[]>`
		select 'relation ' || own.oid::regclass as part from pg_class as own
			where ${ours(sql, 'pg_class')} and (relkind not in ('r', 'i', 'S', 'v', 't') or relrowsecurity or relispartition)
		union all
		select 'type ' || own.oid::regtype from pg_type as own where ${ours(sql, 'pg_type')} and typtype in ('e', 'd', 'r', 'm')
		union all
		select 'aggregate ' || own.oid::regproc from pg_proc as own where ${ours(sql, 'pg_proc')} and prokind in ('a', 'w')
		union all
		select 'comment ' || description from pg_description as comment
			join lateral (select comment.objoid as oid) as own on true
			where ${ours(sql, 'pg_class')} and comment.classoid = 'pg_class'::regclass
		union all
		select 'schema ' || own.oid::regnamespace from pg_namespace as own where own.oid >= ${FIRST_OID} and nspname !~ '^pg_(temp|toast_temp)'`
	if (rows.length > 0) {
		throw new Error(`Teach tools/generate-schema.ts to write down: ${rows.map((row) => row.part).join(', ')}`)
	}
}
