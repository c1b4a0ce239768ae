create extension if not exists pg_trgm;

-- Products as the inventory service tells of them. A row is kept when the product is withdrawn: its version still guards.
create table products (
	id bigint primary key,
	name text not null,
	description text not null,
	price bigint not null check (price >= 0),
	tax bigint not null check (tax >= 0),
	weight_g bigint,
	height_mm bigint,
	width_mm bigint,
	length_mm bigint,
	-- Pieces left; null: not tracked.
	available bigint check (available >= 0),
	version bigint not null,
	-- When the message with this version was published: a withdrawal that is older changes nothing.
	changed_at timestamptz not null,
	withdrawn_at timestamptz,
	-- The order in which products became known: what is newest.
	arrival bigint generated always as identity,
	search_text text not null generated always as (lower(name || ' ' || description)) stored
);
create index products_search on products using gin (search_text gin_trgm_ops) where withdrawn_at is null;
create index products_by_name on products (name collate "ru-x-icu", id) where withdrawn_at is null;
create index products_by_price on products (price, id) where withdrawn_at is null;
create index products_by_arrival on products (arrival) where withdrawn_at is null;
