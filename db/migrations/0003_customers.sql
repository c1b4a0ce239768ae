create table customers (
	id bigint generated always as identity primary key,
	name text not null,
	phone text not null unique,
	email text not null,
	locale text not null check (locale in ('ru', 'en')),
	-- Which text was agreed to, and when.
	consent_version text not null,
	consented_at timestamptz not null default now(),
	blocked_at timestamptz,
	blocked_reason text,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	search_text text not null generated always as (lower(name || ' ' || email || ' ' || phone)) stored
);
create index customers_search on customers using gin (search_text gin_trgm_ops);
create index customers_blocked on customers (id) where blocked_at is not null;

-- Opaque tokens: only their SHA-256 is kept. Signing out deletes the row.
create table sessions (
	token_hash bytea primary key,
	id uuid not null unique default uuidv7(),
	customer_id bigint not null references customers (id) on delete cascade,
	user_agent text,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null
);
create index sessions_by_customer on sessions (customer_id);
create index sessions_expires_at on sessions (expires_at);

-- The one live code of a phone. The phone is known by a keyed hash: nobody can read here who wanted to sign in.
create table login_codes (
	phone_hash bytea primary key,
	code_hash bytea not null,
	salt bytea not null,
	-- What was asked to be registered along with it; null for a plain sign-in.
	registration jsonb,
	tries smallint not null default 0,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null
);
create index login_codes_expires_at on login_codes (expires_at);

-- Wrong codes by phone, whatever code they were meant for: asking for another code buys no more tries. A row is written before
-- a code is looked at, and taken back when it was right.
create table login_failures (
	id bigint generated always as identity primary key,
	phone_hash bytea not null,
	failed_at timestamptz not null default clock_timestamp()
);
create index login_failures_by_phone on login_failures (phone_hash, failed_at);
create index login_failures_at on login_failures (failed_at);

-- Every SMS with a code, for the budgets of a phone, an address, a country prefix and all together.
create table login_code_sends (
	phone_hash bytea not null,
	address text not null,
	prefix text not null,
	sent_at timestamptz not null default clock_timestamp()
);
create index login_code_sends_by_phone on login_code_sends (phone_hash, sent_at);
create index login_code_sends_by_address on login_code_sends (address, sent_at);
create index login_code_sends_by_prefix on login_code_sends (prefix, sent_at);
create index login_code_sends_at on login_code_sends (sent_at);
