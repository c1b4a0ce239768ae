-- What a customer may be told live has a number of the customer's own, in the order of commit: who has seen up to one resumes there.
create table customer_changes (
	customer_id bigint primary key references customers (id),
	-- Of the newest change. Its row stays locked until the change is committed, so no number appears after a greater one.
	last bigint not null
);
-- Null: the placing of an order, and what was written before there were numbers.
alter table order_history add column seq bigint;
alter table delivery_events add column seq bigint;

-- By triggers: whoever writes, also the release before this one while it still runs. Who writes several rows at once writes those
-- of the customer with the smaller id first, for each of them locks a counter.
create function number_change() returns trigger language plpgsql as $$
begin
	insert into customer_changes as counter (customer_id, last)
	select customer_id, 1 from orders where id = new.order_id
	on conflict (customer_id) do update set last = counter.last + 1
	returning last into new.seq;
	return new;
end
$$;
create trigger number_change before insert on order_history for each row when (new.version > 1) execute function number_change();
create trigger number_change before insert on delivery_events for each row execute function number_change();

-- Word of what was committed, for whoever shows it live; deleted after a minute. Without a log of its own: when the server breaks
-- down, those who look have lost their connection as well, and read all anew.
create unlogged table live_changes (
	xid xid8 not null default pg_current_xact_id(),
	kind text not null,
	data json not null
);
create index live_changes_by_xid on live_changes (xid);

-- Once a statement, whatever the number of its rows.
create function note_order_change() returns trigger language plpgsql as $$
begin
	insert into live_changes (kind, data)
	select 'orders', json_agg(json_build_object('order_id', added.order_id, 'customer_id', orders.customer_id,
		'version', added.version, 'seq', added.seq))
	from added join orders on orders.id = added.order_id
	having count(*) > 0;
	return null;
end
$$;
create trigger note_change after insert on order_history
	referencing new table as added for each statement execute function note_order_change();

create function note_delivery_change() returns trigger language plpgsql as $$
begin
	insert into live_changes (kind, data)
	select 'deliveries', json_agg(json_build_object('order_id', added.order_id, 'customer_id', deliveries.customer_id, 'seq', added.seq))
	from added join deliveries on deliveries.order_id = added.order_id
	having count(*) > 0;
	return null;
end
$$;
create trigger note_change after insert on delivery_events
	referencing new table as added for each statement execute function note_delivery_change();

create function note_ended_sessions() returns trigger language plpgsql as $$
begin
	insert into live_changes (kind, data) select 'sessions', json_agg(id) from ended having count(*) > 0;
	return null;
end
$$;
create trigger note_ended after delete on sessions
	referencing old table as ended for each statement execute function note_ended_sessions();
create trigger note_ended after delete on staff_sessions
	referencing old table as ended for each statement execute function note_ended_sessions();

create function note_role_change() returns trigger language plpgsql as $$
begin
	insert into live_changes (kind, data) values ('staff', json_build_array(new.id));
	return null;
end
$$;
create trigger note_role after update on staff for each row when (old.role <> new.role) execute function note_role_change();

create function note_report_change() returns trigger language plpgsql as $$
begin
	insert into live_changes (kind, data)
	values ('reports', json_build_array(json_build_object('id', new.id, 'number', new.number, 'status', new.status)));
	return null;
end
$$;
create trigger note_requested after insert on reports for each row execute function note_report_change();
create trigger note_status after update on reports
	for each row when (old.status <> new.status) execute function note_report_change();
