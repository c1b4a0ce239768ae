-- The schema after all migrations, in the order in which its parts were made.
-- Written by `npm run generate`: to change it, add a file to db/migrations and run that.

CREATE EXTENSION pg_trgm;

CREATE SEQUENCE order_numbers AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 100001 CACHE 1;

CREATE OR REPLACE FUNCTION public.note_catalog_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	if exists (select from changed) then
		insert into catalog_changes (xid) values (pg_current_xact_id()) on conflict do nothing;
	end if;
	return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.number_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	insert into customer_changes as counter (customer_id, last)
	select customer_id, 1 from orders where id = new.order_id
	on conflict (customer_id) do update set last = counter.last + 1
	returning last into new.seq;
	return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.note_order_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	with changed as materialized (
		select added.order_id, added.version, added.seq, added.status, added.at, orders.customer_id, orders.total
		from added
		cross join lateral (select customer_id, total from orders where id = added.order_id limit 1) as orders
	), placed as (
		insert into order_stats_pending (hour, from_status, status, orders, total)
		select order_stats_hour(at), '', status, count(*), sum(total) from changed where version = 1 group by 1, 3
	)
	insert into live_changes (kind, data)
	select 'orders', json_agg(json_build_object('order_id', order_id, 'customer_id', customer_id, 'version', version, 'seq', seq))
	from changed
	having count(*) > 0;
	if exists (select from added where version > 1) then
		insert into order_stats_pending (hour, from_status, status, bucket, orders, total, ms)
		select order_stats_hour(added.at), before.status, added.status, order_stay_bucket(before.ms), count(*), sum(orders.total),
			sum(before.ms)
		from added
		cross join lateral (select total from orders where id = added.order_id limit 1) as orders
		cross join lateral (
			select status, order_stay_ms(at, added.at) as ms from order_history
			where order_id = added.order_id and version = added.version - 1 limit 1
		) as before
		where added.version > 1
		group by 1, 2, 3, 4;
	end if;
	return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.note_delivery_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	insert into live_changes (kind, data)
	select 'deliveries', json_agg(json_build_object('order_id', added.order_id, 'customer_id', delivery.customer_id, 'seq', added.seq))
	from added
	cross join lateral (select customer_id from deliveries where order_id = added.order_id limit 1) as delivery
	having count(*) > 0;
	return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.note_ended_sessions()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	insert into live_changes (kind, data) select 'sessions', json_agg(id) from ended having count(*) > 0;
	return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.note_role_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	insert into live_changes (kind, data) values ('staff', json_build_array(new.id));
	return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.note_report_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	insert into live_changes (kind, data)
	values ('reports', json_build_array(json_build_object('id', new.id, 'number', new.number, 'status', new.status)));
	return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.pass_dead_event_on()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	insert into dead_letters (direction, topic, event_id, type, created_at, key, headers, value, bytes, whole, reason, message, attempts)
	values ('out', new.topic, new.event_id, new.type, new.created_at, new.key, new.headers, new.value, coalesce(length(new.value), 0),
		true, 'refused', new.reason, 1);
	return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.note_order_notes()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	insert into live_changes (kind, data) select 'order_notes', json_agg(distinct order_id) from changed having count(*) > 0;
	return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.count_customer_version()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	new.version := old.version + 1;
	return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.order_stay_bounds()
 RETURNS integer[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ARRAY[60, 120, 180, 300, 450, 600, 900, 1200, 1800, 2700, 3600, 5400, 7200, 10800, 14400, 21600, 28800, 43200, 64800, 86400, 129600, 172800, 259200, 345600, 432000, 604800, 864000, 1209600, 1814400, 2592000, 3888000, 5184000, 7776000];

CREATE OR REPLACE FUNCTION public.order_stay_bucket(ms bigint)
 RETURNS smallint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (width_bucket(((ms / 1000))::integer, order_stay_bounds()))::smallint;

CREATE OR REPLACE FUNCTION public.order_stay_ms(since timestamp with time zone, until timestamp with time zone)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (GREATEST((0)::double precision, round((date_part('epoch'::text, (until - since)) * (1000)::double precision))))::bigint;

CREATE OR REPLACE FUNCTION public.order_stats_hour(at timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN date_bin('01:00:00'::interval, at, '2000-01-01 00:00:00+00'::timestamp with time zone);

CREATE OR REPLACE FUNCTION public.recount_order_stats()
 RETURNS void
 LANGUAGE plpgsql
 SET work_mem TO '256MB'
AS $function$
begin
	lock table order_history in share row exclusive mode;
	delete from order_stats_pending;
	delete from order_stats_steps;
	delete from order_stats_stays;
	delete from order_stats_now;
	-- As a table of its own, for so it is counted by several processes of the server.
	create temp table counted on commit drop as
	select order_stats_hour(step.at) as hour, coalesce(before.status, '') as from_status, step.status,
		order_stay_bucket(order_stay_ms(before.at, step.at)) as bucket, count(*) as orders, sum(total)::bigint as total,
		sum(order_stay_ms(before.at, step.at))::bigint as ms
	from order_history as step
	join orders on orders.id = step.order_id
	left join order_history as before on before.order_id = step.order_id and before.version = step.version - 1
	group by 1, 2, 3, 4;
	insert into order_stats_steps (from_status, status, hour, orders, total)
	select from_status, status, hour, sum(orders), sum(total) from counted group by from_status, status, hour;
	insert into order_stats_stays (span, since, status, bucket, orders, ms)
	select span, date_trunc(span, hour, 'UTC'), from_status, bucket, sum(orders), sum(ms)
	from counted cross join (values ('hour'), ('day')) as spans (span)
	where bucket is not null group by 1, 2, 3, 4;
	insert into order_stats_now (status, orders, total)
	select status, sum(orders), sum(total) from (
		select status, orders, total from counted
		union all select from_status, -orders, -total from counted where from_status <> ''
	) as step group by status;
	drop table counted;
end
$function$;

CREATE OR REPLACE FUNCTION public.words_of(search_text text)
 RETURNS SETOF text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
	select distinct word from regexp_split_to_table(search_text, '[^[:alnum:]]+') as word
	where length(word) between 3 and 64 and translate(word, '0123456789', '') <> ''
$function$;

CREATE OR REPLACE FUNCTION public.keep_product_words(texts text[])
 RETURNS void
 LANGUAGE sql
AS $function$
	insert into product_words (word)
	select distinct word from unnest(texts) as search_text, words_of(search_text) as word
	order by word on conflict do nothing
$function$;

CREATE OR REPLACE FUNCTION public.note_inserted_words()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	perform keep_product_words(array(select search_text from changed));
	return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.note_updated_words()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	perform keep_product_words(array(
		select changed.search_text from changed join before using (id) where changed.search_text <> before.search_text));
	return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.number_transaction()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	perform pg_current_xact_id();
	return null;
end
$function$;


CREATE TABLE outbox (
	id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
	event_id uuid DEFAULT uuidv7() NOT NULL,
	topic text NOT NULL,
	key bytea,
	type text,
	headers json,
	value bytea,
	created_at timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT outbox_pkey PRIMARY KEY (id)
);
CREATE TRIGGER number_transaction BEFORE INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION number_transaction();

CREATE TABLE outbox_dead (
	id bigint NOT NULL,
	event_id uuid NOT NULL,
	topic text NOT NULL,
	key bytea,
	type text,
	headers json,
	value bytea,
	created_at timestamp with time zone NOT NULL,
	reason text NOT NULL,
	died_at timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT outbox_dead_pkey PRIMARY KEY (id)
);
CREATE TRIGGER pass_on BEFORE INSERT ON outbox_dead FOR EACH ROW EXECUTE FUNCTION pass_dead_event_on();

CREATE TABLE inbox (
	consumer text NOT NULL,
	event_id text NOT NULL,
	received_at timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT inbox_pkey PRIMARY KEY (consumer, event_id)
);
CREATE INDEX inbox_received_at ON inbox USING btree (received_at);

CREATE TABLE topics (
	name text NOT NULL,
	next_offset bigint DEFAULT 0 NOT NULL,
	retention_ms bigint NOT NULL,
	compacted boolean NOT NULL,
	max_message_bytes bigint NOT NULL,
	CONSTRAINT topics_pkey PRIMARY KEY (name)
);

CREATE TABLE topic_messages (
	topic text NOT NULL,
	"offset" bigint NOT NULL,
	key bytea,
	value bytea,
	headers json NOT NULL,
	published_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT topic_messages_pkey PRIMARY KEY (topic, "offset"),
	CONSTRAINT topic_messages_topic_fkey FOREIGN KEY (topic) REFERENCES topics(name)
);
CREATE INDEX topic_messages_published_at ON topic_messages USING btree (topic, published_at);
CREATE INDEX topic_messages_key ON topic_messages USING btree (topic, key, "offset");

CREATE TABLE topic_offsets (
	"group" text NOT NULL,
	topic text NOT NULL,
	next_offset bigint NOT NULL,
	CONSTRAINT topic_offsets_pkey PRIMARY KEY ("group", topic),
	CONSTRAINT topic_offsets_topic_fkey FOREIGN KEY (topic) REFERENCES topics(name)
);

CREATE TABLE secrets (
	name text NOT NULL,
	value bytea NOT NULL,
	created_at timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT secrets_pkey PRIMARY KEY (name)
);

CREATE TABLE products (
	id bigint NOT NULL,
	name text NOT NULL,
	description text NOT NULL,
	price bigint NOT NULL,
	tax bigint NOT NULL,
	weight_g bigint,
	height_mm bigint,
	width_mm bigint,
	length_mm bigint,
	available bigint,
	version bigint NOT NULL,
	changed_at timestamp with time zone NOT NULL,
	withdrawn_at timestamp with time zone,
	arrival bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
	search_text text GENERATED ALWAYS AS (lower(((name || ' '::text) || description))) STORED NOT NULL,
	CONSTRAINT products_pkey PRIMARY KEY (id),
	CONSTRAINT products_available_check CHECK (available >= 0),
	CONSTRAINT products_price_check CHECK (price >= 0),
	CONSTRAINT products_tax_check CHECK (tax >= 0)
);
CREATE INDEX products_search ON products USING gin (search_text gin_trgm_ops) WHERE withdrawn_at IS NULL;
CREATE INDEX products_by_name ON products USING btree (name COLLATE "ru-x-icu", id) WHERE withdrawn_at IS NULL;
CREATE INDEX products_by_price ON products USING btree (price, id) WHERE withdrawn_at IS NULL;
CREATE INDEX products_by_arrival ON products USING btree (arrival) WHERE withdrawn_at IS NULL;
CREATE INDEX products_withdrawn_search ON products USING gin (search_text gin_trgm_ops) WHERE withdrawn_at IS NOT NULL AND version >= 0;
CREATE INDEX products_withdrawn_by_name ON products USING btree (name COLLATE "ru-x-icu", id) WHERE withdrawn_at IS NOT NULL AND version >= 0;
CREATE INDEX products_withdrawn_by_price ON products USING btree (price, id) WHERE withdrawn_at IS NOT NULL AND version >= 0;
CREATE INDEX products_withdrawn_by_arrival ON products USING btree (arrival) WHERE withdrawn_at IS NOT NULL AND version >= 0;
CREATE TRIGGER note_deleted AFTER DELETE ON products REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_catalog_change();
CREATE TRIGGER note_inserted AFTER INSERT ON products REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_catalog_change();
CREATE TRIGGER note_inserted_words AFTER INSERT ON products REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_inserted_words();
CREATE TRIGGER note_updated AFTER UPDATE ON products REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_catalog_change();
CREATE TRIGGER note_updated_words AFTER UPDATE ON products REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_updated_words();

CREATE TABLE customers (
	id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
	name text NOT NULL,
	phone text NOT NULL,
	email text NOT NULL,
	locale text NOT NULL,
	consent_version text NOT NULL,
	consented_at timestamp with time zone DEFAULT now() NOT NULL,
	blocked_at timestamp with time zone,
	blocked_reason text,
	created_at timestamp with time zone DEFAULT now() NOT NULL,
	updated_at timestamp with time zone DEFAULT now() NOT NULL,
	search_text text GENERATED ALWAYS AS (lower(((((name || ' '::text) || email) || ' '::text) || phone))) STORED NOT NULL,
	version integer DEFAULT 1 NOT NULL,
	blocked_by bigint,
	erased_at timestamp with time zone,
	CONSTRAINT customers_pkey PRIMARY KEY (id),
	CONSTRAINT customers_phone_key UNIQUE (phone),
	CONSTRAINT customers_erased_check CHECK (erased_at IS NULL OR name = ''::text AND email = ''::text AND phone = ('erased:'::text || id::text) AND blocked_reason IS NULL) NOT VALID,
	CONSTRAINT customers_locale_check CHECK (locale = ANY (ARRAY['ru'::text, 'en'::text]))
);
CREATE INDEX customers_search ON customers USING gin (search_text gin_trgm_ops);
CREATE INDEX customers_blocked ON customers USING btree (id) WHERE blocked_at IS NOT NULL;
CREATE TRIGGER count_version BEFORE UPDATE ON customers FOR EACH ROW WHEN (old.name IS DISTINCT FROM new.name OR old.phone IS DISTINCT FROM new.phone OR old.email IS DISTINCT FROM new.email OR old.locale IS DISTINCT FROM new.locale OR old.blocked_at IS DISTINCT FROM new.blocked_at OR old.erased_at IS DISTINCT FROM new.erased_at) EXECUTE FUNCTION count_customer_version();

CREATE TABLE sessions (
	token_hash bytea NOT NULL,
	id uuid DEFAULT uuidv7() NOT NULL,
	customer_id bigint NOT NULL,
	user_agent text,
	created_at timestamp with time zone DEFAULT now() NOT NULL,
	expires_at timestamp with time zone NOT NULL,
	CONSTRAINT sessions_pkey PRIMARY KEY (token_hash),
	CONSTRAINT sessions_id_key UNIQUE (id),
	CONSTRAINT sessions_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE
);
CREATE INDEX sessions_expires_at ON sessions USING btree (expires_at);
CREATE INDEX sessions_by_customer ON sessions USING btree (customer_id, id DESC);
CREATE TRIGGER note_ended AFTER DELETE ON sessions REFERENCING OLD TABLE AS ended FOR EACH STATEMENT EXECUTE FUNCTION note_ended_sessions();

CREATE TABLE login_codes (
	phone_hash bytea NOT NULL,
	code_hash bytea NOT NULL,
	salt bytea NOT NULL,
	registration jsonb,
	tries smallint DEFAULT 0 NOT NULL,
	created_at timestamp with time zone DEFAULT now() NOT NULL,
	expires_at timestamp with time zone NOT NULL,
	CONSTRAINT login_codes_pkey PRIMARY KEY (phone_hash)
);
CREATE INDEX login_codes_expires_at ON login_codes USING btree (expires_at);

CREATE TABLE login_failures (
	id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
	phone_hash bytea NOT NULL,
	failed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT login_failures_pkey PRIMARY KEY (id)
);
CREATE INDEX login_failures_by_phone ON login_failures USING btree (phone_hash, failed_at);
CREATE INDEX login_failures_at ON login_failures USING btree (failed_at);

CREATE TABLE login_code_sends (
	phone_hash bytea NOT NULL,
	address text NOT NULL,
	prefix text NOT NULL,
	sent_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
CREATE INDEX login_code_sends_by_phone ON login_code_sends USING btree (phone_hash, sent_at);
CREATE INDEX login_code_sends_by_address ON login_code_sends USING btree (address, sent_at);
CREATE INDEX login_code_sends_by_prefix ON login_code_sends USING btree (prefix, sent_at);
CREATE INDEX login_code_sends_at ON login_code_sends USING btree (sent_at);

CREATE TABLE staff (
	id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
	email text NOT NULL,
	role text NOT NULL,
	password_hash text NOT NULL,
	totp_secret text NOT NULL,
	totp_last_step bigint DEFAULT 0 NOT NULL,
	created_at timestamp with time zone DEFAULT now() NOT NULL,
	deactivated_at timestamp with time zone,
	last_signed_in_at timestamp with time zone,
	CONSTRAINT staff_pkey PRIMARY KEY (id),
	CONSTRAINT staff_email_key UNIQUE (email),
	CONSTRAINT staff_role_check CHECK (role = ANY (ARRAY['viewer'::text, 'operator'::text, 'manager'::text, 'owner'::text]))
);
CREATE INDEX staff_owners ON staff USING btree (id) WHERE role = 'owner'::text AND deactivated_at IS NULL;
CREATE TRIGGER note_role AFTER UPDATE ON staff FOR EACH ROW WHEN (old.role <> new.role) EXECUTE FUNCTION note_role_change();

CREATE TABLE staff_recovery_codes (
	staff_id bigint NOT NULL,
	code_hash bytea NOT NULL,
	CONSTRAINT staff_recovery_codes_pkey PRIMARY KEY (staff_id, code_hash),
	CONSTRAINT staff_recovery_codes_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE
);

CREATE TABLE staff_invitations (
	token_hash bytea NOT NULL,
	email text NOT NULL,
	role text NOT NULL,
	totp_secret text,
	created_at timestamp with time zone DEFAULT now() NOT NULL,
	expires_at timestamp with time zone NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
	invited_by bigint,
	staff_id bigint,
	CONSTRAINT staff_invitations_pkey PRIMARY KEY (token_hash),
	CONSTRAINT staff_invitations_email_key UNIQUE (email),
	CONSTRAINT staff_invitations_id_key UNIQUE (id),
	CONSTRAINT staff_invitations_role_check CHECK (role = ANY (ARRAY['viewer'::text, 'operator'::text, 'manager'::text, 'owner'::text])),
	CONSTRAINT staff_invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES staff(id) ON DELETE SET NULL,
	CONSTRAINT staff_invitations_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE
);
CREATE INDEX staff_invitations_by_staff ON staff_invitations USING btree (staff_id) WHERE staff_id IS NOT NULL;
CREATE INDEX staff_invitations_by_inviter ON staff_invitations USING btree (invited_by) WHERE invited_by IS NOT NULL;

CREATE TABLE staff_sessions (
	token_hash bytea NOT NULL,
	id uuid DEFAULT uuidv7() NOT NULL,
	staff_id bigint NOT NULL,
	created_at timestamp with time zone DEFAULT now() NOT NULL,
	expires_at timestamp with time zone NOT NULL,
	user_agent text,
	CONSTRAINT staff_sessions_pkey PRIMARY KEY (token_hash),
	CONSTRAINT staff_sessions_id_key UNIQUE (id),
	CONSTRAINT staff_sessions_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE
);
CREATE INDEX staff_sessions_by_staff ON staff_sessions USING btree (staff_id);
CREATE TRIGGER note_ended AFTER DELETE ON staff_sessions REFERENCING OLD TABLE AS ended FOR EACH STATEMENT EXECUTE FUNCTION note_ended_sessions();

CREATE TABLE staff_sign_in_failures (
	id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
	email text NOT NULL,
	failed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT staff_sign_in_failures_pkey PRIMARY KEY (id)
);
CREATE INDEX staff_sign_in_failures_by_email ON staff_sign_in_failures USING btree (email, failed_at);
CREATE INDEX staff_sign_in_failures_at ON staff_sign_in_failures USING btree (failed_at);

CREATE TABLE api_keys (
	id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
	name text NOT NULL,
	key_hash bytea NOT NULL,
	scopes text[] NOT NULL,
	created_at timestamp with time zone DEFAULT now() NOT NULL,
	expires_at timestamp with time zone NOT NULL,
	revoked_at timestamp with time zone,
	CONSTRAINT api_keys_pkey PRIMARY KEY (id),
	CONSTRAINT api_keys_key_hash_key UNIQUE (key_hash)
);
CREATE INDEX api_keys_by_name ON api_keys USING btree (name);

CREATE TABLE carts (
	customer_id bigint NOT NULL,
	product_ids bigint[] DEFAULT '{}'::bigint[] NOT NULL,
	quantities integer[] DEFAULT '{}'::integer[] NOT NULL,
	version bigint DEFAULT 0 NOT NULL,
	updated_at timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT carts_pkey PRIMARY KEY (customer_id),
	CONSTRAINT carts_check CHECK (cardinality(product_ids) = cardinality(quantities)),
	CONSTRAINT carts_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE
) WITH (fillfactor=70);

CREATE TABLE orders (
	id uuid NOT NULL,
	number bigint NOT NULL,
	customer_id bigint NOT NULL,
	idempotency_key text NOT NULL,
	request_hash bytea NOT NULL,
	status text NOT NULL,
	version integer NOT NULL,
	total bigint NOT NULL,
	currency text NOT NULL,
	phone text NOT NULL,
	delivery_method text NOT NULL,
	created_at timestamp with time zone NOT NULL,
	updated_at timestamp with time zone NOT NULL,
	CONSTRAINT orders_pkey PRIMARY KEY (id),
	CONSTRAINT orders_customer_id_idempotency_key_key UNIQUE (customer_id, idempotency_key),
	CONSTRAINT orders_number_key UNIQUE (number),
	CONSTRAINT orders_delivery_method_check CHECK (delivery_method = ANY (ARRAY['courier'::text, 'pickup'::text])),
	CONSTRAINT orders_status_check CHECK (status = ANY (ARRAY['paid'::text, 'assembling'::text, 'ready'::text, 'received'::text, 'cancelled'::text])),
	CONSTRAINT orders_total_check CHECK (total >= 0),
	CONSTRAINT orders_version_check CHECK (version >= 1),
	CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id)
);
CREATE INDEX orders_by_customer ON orders USING btree (customer_id, number DESC);
CREATE INDEX orders_by_phone ON orders USING btree (phone, number DESC);
CREATE INDEX orders_by_time ON orders USING btree (created_at);
CREATE INDEX orders_by_status ON orders USING btree (status, number, total);
CREATE INDEX orders_by_status_total ON orders USING btree (status, total, number);

CREATE TABLE order_lines (
	order_id uuid NOT NULL,
	"position" smallint NOT NULL,
	product_id bigint NOT NULL,
	name text NOT NULL,
	price bigint NOT NULL,
	quantity integer NOT NULL,
	CONSTRAINT order_lines_pkey PRIMARY KEY (order_id, "position"),
	CONSTRAINT order_lines_price_check CHECK (price >= 0),
	CONSTRAINT order_lines_quantity_check CHECK (quantity >= 1),
	CONSTRAINT order_lines_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id)
);

CREATE TABLE order_history (
	order_id uuid NOT NULL,
	version integer NOT NULL,
	status text NOT NULL,
	actor_type text NOT NULL,
	actor_id bigint,
	source text NOT NULL,
	reason text,
	at timestamp with time zone NOT NULL,
	seq bigint,
	CONSTRAINT order_history_pkey PRIMARY KEY (order_id, version),
	CONSTRAINT order_history_actor_type_check CHECK (actor_type = ANY (ARRAY['customer'::text, 'staff'::text, 'service'::text, 'inventory'::text, 'delivery'::text])),
	CONSTRAINT order_history_source_check CHECK (source = ANY (ARRAY['api'::text, 'topic'::text, 'admin'::text])),
	CONSTRAINT order_history_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id)
);
CREATE TRIGGER note_change AFTER INSERT ON order_history REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION note_order_change();
CREATE TRIGGER number_change BEFORE INSERT ON order_history FOR EACH ROW WHEN (new.version > 1) EXECUTE FUNCTION number_change();

CREATE TABLE order_refusals (
	id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
	order_id uuid NOT NULL,
	from_status text NOT NULL,
	status text NOT NULL,
	actor_type text NOT NULL,
	actor_id bigint,
	source text NOT NULL,
	reason text,
	at timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT order_refusals_pkey PRIMARY KEY (id),
	CONSTRAINT order_refusals_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id)
);
CREATE INDEX order_refusals_by_order ON order_refusals USING btree (order_id, id);

CREATE TABLE deliveries (
	order_id uuid NOT NULL,
	order_number bigint NOT NULL,
	customer_id bigint NOT NULL,
	method text NOT NULL,
	full_address text,
	kladr_id text,
	pickup_point_id text,
	status text,
	carrier text,
	tracking_number text,
	estimated_at date,
	status_at timestamp with time zone,
	erased_at timestamp with time zone,
	CONSTRAINT deliveries_pkey PRIMARY KEY (order_id),
	CONSTRAINT deliveries_check CHECK ((method = 'courier'::text) = (full_address IS NOT NULL)),
	CONSTRAINT deliveries_check1 CHECK ((method = 'pickup'::text) = (pickup_point_id IS NOT NULL)),
	CONSTRAINT deliveries_method_check CHECK (method = ANY (ARRAY['courier'::text, 'pickup'::text])),
	CONSTRAINT deliveries_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id)
);

CREATE TABLE delivery_events (
	order_id uuid NOT NULL,
	event_id text NOT NULL,
	status text NOT NULL,
	carrier text,
	tracking_number text,
	location text,
	estimated_at date,
	occurred_at timestamp with time zone NOT NULL,
	received_at timestamp with time zone DEFAULT now() NOT NULL,
	seq bigint,
	CONSTRAINT delivery_events_pkey PRIMARY KEY (order_id, event_id),
	CONSTRAINT delivery_events_order_id_fkey FOREIGN KEY (order_id) REFERENCES deliveries(order_id)
);
CREATE TRIGGER note_change AFTER INSERT ON delivery_events REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION note_delivery_change();
CREATE TRIGGER number_change BEFORE INSERT ON delivery_events FOR EACH ROW EXECUTE FUNCTION number_change();

CREATE TABLE reports (
	id uuid DEFAULT uuidv7() NOT NULL,
	number bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
	status text DEFAULT 'pending'::text NOT NULL,
	requested_by bigint,
	idempotency_key text,
	request_hash bytea,
	period_from timestamp with time zone,
	period_to timestamp with time zone,
	lines bigint DEFAULT 0 NOT NULL,
	bytes bigint DEFAULT 0 NOT NULL,
	sha256 text,
	error_code text,
	attempt integer DEFAULT 0 NOT NULL,
	failures integer DEFAULT 0 NOT NULL,
	lease_until timestamp with time zone,
	requested_at timestamp with time zone DEFAULT now() NOT NULL,
	completed_at timestamp with time zone,
	lines_estimate bigint,
	taken_at timestamp with time zone,
	remove_file_at timestamp with time zone,
	requested_by_staff bigint,
	CONSTRAINT reports_pkey PRIMARY KEY (id),
	CONSTRAINT reports_number_key UNIQUE (number),
	CONSTRAINT reports_requested_by_idempotency_key_key UNIQUE (requested_by, idempotency_key),
	CONSTRAINT reports_staff_key UNIQUE (requested_by_staff, idempotency_key),
	CONSTRAINT reports_requested_by_one CHECK (num_nonnulls(requested_by, requested_by_staff) = 1),
	CONSTRAINT reports_status_check CHECK (status = ANY (ARRAY['pending'::text, 'running'::text, 'completed'::text, 'failed'::text, 'expired'::text])),
	CONSTRAINT reports_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES api_keys(id),
	CONSTRAINT reports_requested_by_staff_fkey FOREIGN KEY (requested_by_staff) REFERENCES staff(id)
);
CREATE INDEX reports_waiting ON reports USING btree (number) WHERE status = ANY (ARRAY['pending'::text, 'running'::text]);
CREATE INDEX reports_to_expire ON reports USING btree (completed_at) WHERE status = 'completed'::text;
CREATE INDEX reports_files_to_remove ON reports USING btree (remove_file_at) WHERE remove_file_at IS NOT NULL;
CREATE TRIGGER note_progress AFTER UPDATE ON reports FOR EACH ROW WHEN (old.status <> new.status OR old.lines <> new.lines) EXECUTE FUNCTION note_report_change();
CREATE TRIGGER note_requested AFTER INSERT ON reports FOR EACH ROW EXECUTE FUNCTION note_report_change();

CREATE TABLE catalog_changes (
	xid xid8 NOT NULL,
	CONSTRAINT catalog_changes_pkey PRIMARY KEY (xid)
);

CREATE TABLE customer_changes (
	customer_id bigint NOT NULL,
	last bigint NOT NULL,
	CONSTRAINT customer_changes_pkey PRIMARY KEY (customer_id),
	CONSTRAINT customer_changes_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id)
);

CREATE TABLE live_changes (
	xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
	kind text NOT NULL,
	data json NOT NULL
);
CREATE INDEX live_changes_by_xid ON live_changes USING btree (xid);

CREATE TABLE audit_log (
	id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
	at timestamp(3) with time zone DEFAULT now() NOT NULL,
	staff_id bigint,
	action text NOT NULL,
	subject_type text NOT NULL,
	subject_id text NOT NULL,
	details jsonb NOT NULL,
	CONSTRAINT audit_log_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_log_by_time ON audit_log USING btree (at DESC, id DESC);
CREATE INDEX audit_log_by_staff ON audit_log USING btree (staff_id, at DESC, id DESC);
CREATE INDEX audit_log_by_action ON audit_log USING btree (action, at DESC, id DESC);
CREATE INDEX audit_log_by_staff_action ON audit_log USING btree (staff_id, action, at DESC, id DESC);
CREATE INDEX audit_log_by_subject ON audit_log USING btree (subject_type, subject_id, at DESC, id DESC);

CREATE TABLE dead_letters (
	id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
	direction text NOT NULL,
	topic text NOT NULL,
	partition integer,
	"offset" bigint,
	published_at timestamp(3) with time zone,
	event_id uuid,
	type text,
	created_at timestamp with time zone,
	key bytea,
	headers json,
	value bytea,
	bytes integer NOT NULL,
	whole boolean NOT NULL,
	reason text NOT NULL,
	message text NOT NULL,
	attempts integer NOT NULL,
	replay_of bigint,
	at timestamp(3) with time zone DEFAULT now() NOT NULL,
	state text DEFAULT 'open'::text NOT NULL,
	decided_at timestamp(3) with time zone,
	decided_by bigint,
	CONSTRAINT dead_letters_pkey PRIMARY KEY (id),
	CONSTRAINT dead_letters_direction_check CHECK (direction = ANY (ARRAY['in'::text, 'out'::text])),
	CONSTRAINT dead_letters_state_check CHECK (state = ANY (ARRAY['open'::text, 'replayed'::text, 'dropped'::text]))
);
CREATE UNIQUE INDEX dead_letters_by_place ON dead_letters USING btree (topic, partition, "offset", published_at) WHERE direction = 'in'::text;
CREATE INDEX dead_letters_by_state ON dead_letters USING btree (state, id);
CREATE INDEX dead_letters_by_topic ON dead_letters USING btree (state, topic, id);
CREATE INDEX dead_letters_by_reason ON dead_letters USING btree (state, reason, id);
CREATE INDEX dead_letters_by_kind ON dead_letters USING btree (state, topic, reason, id);
CREATE INDEX dead_letters_replays ON dead_letters USING btree (replay_of) WHERE replay_of IS NOT NULL;
CREATE INDEX dead_letters_in_by_time ON dead_letters USING btree (at) WHERE direction = 'in'::text;
CREATE INDEX dead_letters_out_decided ON dead_letters USING btree (decided_at) WHERE direction = 'out'::text AND state <> 'open'::text;
CREATE INDEX dead_letters_by_key ON dead_letters USING hash (key);

CREATE TABLE order_notes (
	id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
	order_id uuid NOT NULL,
	staff_id bigint NOT NULL,
	text text NOT NULL,
	at timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT order_notes_pkey PRIMARY KEY (id),
	CONSTRAINT order_notes_text_check CHECK (char_length(text) <= 2000),
	CONSTRAINT order_notes_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id)
);
CREATE INDEX order_notes_by_order ON order_notes USING btree (order_id, id);
CREATE TRIGGER note_added AFTER INSERT ON order_notes REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_order_notes();
CREATE TRIGGER note_deleted AFTER DELETE ON order_notes REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_order_notes();

CREATE TABLE order_views (
	id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
	staff_id bigint NOT NULL,
	name text NOT NULL,
	query json NOT NULL,
	columns text[] NOT NULL,
	created_at timestamp with time zone DEFAULT now() NOT NULL,
	updated_at timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT order_views_pkey PRIMARY KEY (id),
	CONSTRAINT order_views_name_check CHECK (char_length(name) >= 1 AND char_length(name) <= 60),
	CONSTRAINT order_views_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX order_views_by_name ON order_views USING btree (staff_id, lower(name));

CREATE TABLE order_stats_steps (
	from_status text NOT NULL,
	status text NOT NULL,
	hour timestamp with time zone NOT NULL,
	orders bigint NOT NULL,
	total bigint NOT NULL,
	CONSTRAINT order_stats_steps_pkey PRIMARY KEY (from_status, status, hour)
);

CREATE TABLE order_stats_stays (
	span text NOT NULL,
	since timestamp with time zone NOT NULL,
	status text NOT NULL,
	bucket smallint NOT NULL,
	orders bigint NOT NULL,
	ms bigint NOT NULL,
	CONSTRAINT order_stats_stays_pkey PRIMARY KEY (span, since, status, bucket),
	CONSTRAINT order_stats_stays_span_check CHECK (span = ANY (ARRAY['hour'::text, 'day'::text]))
);

CREATE TABLE order_stats_now (
	status text NOT NULL,
	orders bigint NOT NULL,
	total bigint NOT NULL,
	CONSTRAINT order_stats_now_pkey PRIMARY KEY (status)
);

CREATE TABLE order_stats_pending (
	hour timestamp with time zone NOT NULL,
	from_status text NOT NULL,
	status text NOT NULL,
	bucket smallint,
	orders bigint NOT NULL,
	total bigint NOT NULL,
	ms bigint
) WITH (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=5000);

CREATE TABLE product_words (
	word text NOT NULL,
	CONSTRAINT product_words_pkey PRIMARY KEY (word)
);
CREATE INDEX product_words_search ON product_words USING gin (word gin_trgm_ops);
