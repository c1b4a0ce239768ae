-- A cart is one row: one lock and one write for any change, and emptied by one update. The two arrays run in parallel.
create table carts (
	customer_id bigint primary key references customers (id) on delete cascade,
	product_ids bigint[] not null default '{}',
	quantities integer[] not null default '{}',
	version bigint not null default 0,
	updated_at timestamptz not null default now(),
	check (cardinality(product_ids) = cardinality(quantities))
) with (fillfactor = 70);
