create sequence order_numbers as bigint start with 100001;

create table orders (
	id uuid primary key,
	-- Grows in the order of placing; people and lists know the order by it.
	number bigint not null unique,
	customer_id bigint not null references customers (id),
	idempotency_key text not null,
	-- SHA-256 of the request, to tell a repeated one from another one under the same key.
	request_hash bytea not null,
	status text not null check (status in ('paid', 'assembling', 'ready', 'received', 'cancelled')),
	version integer not null check (version >= 1),
	total bigint not null check (total >= 0),
	currency text not null,
	phone text not null,
	delivery_method text not null check (delivery_method in ('courier', 'pickup')),
	created_at timestamptz not null,
	updated_at timestamptz not null,
	unique (customer_id, idempotency_key)
);
create index orders_by_customer on orders (customer_id, number desc);
create index orders_by_status on orders (status, number desc);
create index orders_by_total on orders (total, number);
create index orders_by_phone on orders (phone, number desc);
create index orders_by_time on orders (created_at);

create table order_lines (
	order_id uuid not null references orders (id),
	position smallint not null,
	product_id bigint not null,
	name text not null,
	price bigint not null check (price >= 0),
	quantity integer not null check (quantity >= 1),
	primary key (order_id, position)
);

-- Every change of status, versions 1..n without holes.
create table order_history (
	order_id uuid not null references orders (id),
	version integer not null,
	status text not null,
	actor_type text not null check (actor_type in ('customer', 'staff', 'service', 'inventory', 'delivery')),
	actor_id bigint,
	source text not null check (source in ('api', 'topic', 'admin')),
	reason text,
	at timestamptz not null,
	primary key (order_id, version)
);

-- Commands of other services that the status table refuses: staff see them on the order.
create table order_refusals (
	id bigint generated always as identity primary key,
	order_id uuid not null references orders (id),
	from_status text not null,
	status text not null,
	actor_type text not null,
	actor_id bigint,
	source text not null,
	reason text,
	at timestamptz not null default now()
);
create index order_refusals_by_order on order_refusals (order_id, id);
