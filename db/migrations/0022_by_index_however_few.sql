-- A plan that is made while a table holds little is kept when it holds much. These are by an index of the rows that are meant, however
-- few there are: the deliveries that a change is told of, and a customer's sessions in their order.
create or replace function note_delivery_change() returns trigger language plpgsql as $$
begin
	insert into live_changes (kind, data)
	select 'deliveries', json_agg(json_build_object('order_id', added.order_id, 'customer_id', delivery.customer_id, 'seq', added.seq))
	from added
	cross join lateral (select customer_id from deliveries where order_id = added.order_id limit 1) as delivery
	having count(*) > 0;
	return null;
end
$$;

drop index sessions_by_customer;
create index sessions_by_customer on sessions (customer_id, id desc);
