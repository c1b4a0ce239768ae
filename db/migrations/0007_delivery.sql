-- Made with the order. The status columns are those of the tracking message with the latest occurred_at.
create table deliveries (
	order_id uuid primary key,
	order_number bigint not null,
	customer_id bigint not null references customers (id),
	method text not null check (method in ('courier', 'pickup')),
	full_address text,
	kladr_id text,
	pickup_point_id text,
	status text,
	carrier text,
	tracking_number text,
	estimated_at date,
	status_at timestamptz,
	check ((method = 'courier') = (full_address is not null)),
	check ((method = 'pickup') = (pickup_point_id is not null))
);

create table delivery_events (
	order_id uuid not null references deliveries (order_id),
	event_id text not null,
	status text not null,
	carrier text,
	tracking_number text,
	location text,
	estimated_at date,
	occurred_at timestamptz not null,
	received_at timestamptz not null default now(),
	primary key (order_id, event_id)
);
