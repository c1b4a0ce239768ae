import type { Sql, Tx } from '../src/platform/db/database.ts'

/**
 * Fills a migrated database as years of business would, to see what a statement costs then. Nothing comes by chance: the same
 * seed makes the same rows. Every row is made by the database; a session's token can be told from its number, so this is for
 * databases that hold nothing real.
 */
const SEED = 1

/** Numbers from one seed that have nothing to do with each other: a salt for each thing that is left to chance. */
export type Chance = (salt: number) => string

/** A whole number from 0 to 2³¹ - 1 as an SQL expression, by the row's number and a salt. */
export const chanceOf =
	(row: string, seed: number): Chance =>
	(salt) =>
		`(hashint8extended(${row}, ${seed * 1_000 + salt}) & 2147483647)`

/** One of a few texts, as an SQL expression. */
export const oneOf = (texts: readonly string[], chance: string): string =>
	`(array[${texts.map((text) => `'${text}'`).join(', ')}])[1 + ${chance} % ${texts.length}]`

const SESSION = {
	statement_timeout: '0',
	synchronous_commit: 'off',
	// Neither triggers nor the checks of foreign keys: rows fit by their making.
	session_replication_role: 'replica',
	// Small tables as hash tables in memory, so that joins keep the order of what streams past them.
	work_mem: '512MB',
	enable_mergejoin: 'off',
	temp_buffers: '512MB',
	maintenance_work_mem: '1GB',
}

/** Fills tables in one transaction, without their indexes, which are made again at its end, and looks at them once for the planner. */
export async function fill(sql: Sql, tables: readonly string[], work: (tx: Tx) => Promise<void>): Promise<void> {
	await sql.begin(async (tx) => {
		await tx`select set_config(key, value, true) from json_each_text(${tx.typed.json(SESSION)})`
		const indexes = await dropIndexes(tx, tables)
		await work(tx)
		for (const index of indexes) await tx.unsafe(index)
	})
	const connection = await sql.reserve()
	try {
		await connection`set statement_timeout = 0`
		await connection.unsafe(`vacuum (analyze) ${tables.join(', ')}`)
		await connection`reset statement_timeout`
	} finally {
		connection.release()
	}
}

/**
 * Drops the indexes that cost much to keep up row by row, and returns the statements that make them again. Those of primary keys
 * stay: foreign keys lean on them, and rows come in their order.
 */
async function dropIndexes(tx: Tx, tables: readonly string[]): Promise<string[]> {
	const indexes = await tx<{ drop: string; make: string }[]>`
		select
			case when con.oid is null then format('drop index %s', i.indexrelid::regclass)
				else format('alter table %s drop constraint %I', i.indrelid::regclass, con.conname) end as drop,
			case when con.oid is null then pg_get_indexdef(i.indexrelid)
				else format('alter table %s add constraint %I %s', i.indrelid::regclass, con.conname, pg_get_constraintdef(con.oid)) end
				as make
		from pg_index as i
		left join pg_constraint as con on con.conindid = i.indexrelid and con.contype = 'u'
		where i.indrelid in (select value::regclass from json_array_elements_text(${tx.typed.json(tables)})) and not i.indisprimary
			and not exists (select from pg_constraint as f where f.contype = 'f' and f.conindid = i.indexrelid)`
	for (const { drop } of indexes) await tx.unsafe(drop)
	return indexes.map(({ make }) => make)
}

const KINDS = ['Велосипед', 'Самокат', 'Чайник', 'Телефон', 'Телевизор', 'Рюкзак', 'Палатка', 'Лампа', 'Кресло', 'Стол', 'Ёлка']
const TRAITS = ['горный', 'детский', 'складной', 'электрический', 'походный', 'тёплый', 'лёгкий', 'чёрный', 'белый', 'зелёный']

/** Products 1 to `count`, all on sale, a tenth of them with a stock that is never sold out. */
export async function seedProducts(sql: Sql, count: number, seed = SEED): Promise<void> {
	const chance = chanceOf('i', seed)
	await fill(sql, ['products'], async (tx) => {
		await tx.unsafe(`
			insert into products (id, name, description, price, tax, weight_g, height_mm, width_mm, length_mm, available, version,
				changed_at)
			select i, ${oneOf(KINDS, chance(1))} || ' ' || ${oneOf(TRAITS, chance(2))} || ' ' || i,
				'Удобный и надёжный, для дома и дачи, артикул ' || ${chance(3)},
				price, price / 10, 100 + ${chance(4)} % 20000, 1 + ${chance(5)} % 2000, 1 + ${chance(6)} % 2000, 1 + ${chance(7)} % 2000,
				case when ${chance(8)} % 10 = 0 then 1000000000 end, 1, '2026-01-01'
			from generate_series(1, ${count}::bigint) as i
			-- Many that cost little, few that cost much.
			cross join lateral (select (100 * exp((${chance(9)} % 10000) / 1450.0))::bigint as price) as priced`)
		await tx`select keep_product_words(array(select search_text from products))`
	})
}

const FIRST_NAMES = [
	'Александр',
	'Сергей',
	'Дмитрий',
	'Андрей',
	'Алексей',
	'Максим',
	'Евгений',
	'Иван',
	'Михаил',
	'Никита',
	'Пётр',
	'Артём',
	'Семён',
	'Фёдор',
	'Григорий',
	'Тимур',
	'Руслан',
	'Глеб',
	'Арсений',
	'Леонид',
]
const LAST_NAMES = [
	'Иваненко',
	'Смирнов',
	'Кузнецов',
	'Попов',
	'Васильев',
	'Петров',
	'Соколов',
	'Михайлов',
	'Новиков',
	'Фёдоров',
	'Морозов',
	'Волков',
	'Алексеев',
	'Лебедев',
	'Семёнов',
	'Егоров',
	'Павлов',
	'Козлов',
	'Степанов',
	'Николаев',
	'Орлов',
	'Андреев',
	'Макаров',
	'Никитин',
	'Захаров',
	'Зайцев',
	'Соловьёв',
	'Борисов',
	'Яковлев',
	'Григорьев',
	'Романов',
	'Воробьёв',
]
/** Endings of rarer names, so that a name may be anything from one of a million to one of twenty. */
const RARE_NAMES = ['Бел', 'Черн', 'Крас', 'Золот', 'Серебр', 'Камен', 'Лес', 'Луг', 'Гор', 'Реч', 'Озер', 'Мор', 'Пол', 'Снег']
const RARE_ENDINGS = ['ушкин', 'овский', 'енко', 'янский', 'ицын', 'анов', 'ильников', 'евич', 'оградов', 'отворцев']

const customerToken = (seed: number, number: number | string): string => `seed-${seed}-customer-${number}`

/** The phone of a customer; the first is number 1. */
export const customerPhone = (number: number): string => `+79${String(number).padStart(9, '0')}`

/**
 * So many customers, each with a cart that is empty and a session that does not end soon; returns the sessions' tokens. Once a
 * database: their phones are numbered.
 */
export async function seedCustomers(sql: Sql, count: number, seed = SEED): Promise<string[]> {
	const chance = chanceOf('i', seed)
	await fill(sql, ['customers', 'sessions', 'carts'], async (tx) => {
		await tx.unsafe(`
			insert into customers (name, phone, email, locale, consent_version, created_at)
			select ${oneOf(FIRST_NAMES, chance(1))} || ' ' || case when ${chance(2)} % 4 > 0 then ${oneOf(LAST_NAMES, chance(3))}
					else ${oneOf(RARE_NAMES, chance(4))} || ${oneOf(
						RARE_NAMES.map((name) => name.toLowerCase()),
						chance(5),
					)}
						|| ${oneOf(RARE_ENDINGS, chance(6))} end,
				'+79' || lpad(i::text, 9, '0'), 'customer-' || i || '@example.com', case ${chance(7)} % 20 when 0 then 'en' else 'ru' end,
				'1', now() - make_interval(days => 1000)
			from generate_series(1, ${count}::bigint) as i`)
		await tx.unsafe(`
			insert into sessions (token_hash, id, customer_id, user_agent, expires_at)
			select sha256(convert_to('${customerToken(seed, '')}' || i, 'UTF8')), uuidv7(), customers.id, 'seed', now() + interval '1 year'
			from generate_series(1, ${count}::bigint) as i join customers on phone = '+79' || lpad(i::text, 9, '0')`)
		await tx`insert into carts (customer_id) select id from customers on conflict do nothing`
	})
	return Array.from({ length: count }, (_, index) => customerToken(seed, index + 1))
}

/** A member of the staff who may look at everything; returns the token of a session. Once a database. */
export async function seedStaff(sql: Sql, seed = SEED): Promise<string> {
	const token = `seed-${seed}-staff`
	await sql`
		with viewer as (
			insert into staff (email, role, password_hash, totp_secret)
			values (${`viewer-${seed}@example.com`}, 'viewer', 'nobody can sign in by this', 'nor by this')
			returning id
		)
		insert into staff_sessions (token_hash, staff_id, expires_at)
		select sha256(convert_to(${token}, 'UTF8')), id, now() + interval '1 year' from viewer`
	return token
}
