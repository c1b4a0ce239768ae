-- What a member of the staff asks the list of orders again and again, under a name; gone with the member.
create table order_views (
	id bigint generated always as identity primary key,
	staff_id bigint not null references staff (id) on delete cascade,
	name text not null check (char_length(name) between 1 and 60),
	-- As the list takes it, checked by the same schema.
	query json not null,
	columns text[] not null,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now()
);
create unique index order_views_by_name on order_views (staff_id, lower(name));
