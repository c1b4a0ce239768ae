-- What the staff tell each other about an order. Not for the customer: no event, no report and nothing of the shop's API reads it.
create table order_notes (
	id bigint generated always as identity primary key,
	order_id uuid not null references orders (id),
	-- Who wrote it, also when they are no longer there.
	staff_id bigint not null,
	text text not null check (char_length(text) <= 2000),
	at timestamptz not null default now()
);
create index order_notes_by_order on order_notes (order_id, id);

-- So that whoever of the staff looks at the order sees a new note, and no longer one that is gone.
create function note_order_notes() returns trigger language plpgsql as $$
begin
	insert into live_changes (kind, data) select 'order_notes', json_agg(distinct order_id) from changed having count(*) > 0;
	return null;
end
$$;
create trigger note_added after insert on order_notes
	referencing new table as changed for each statement execute function note_order_notes();
create trigger note_deleted after delete on order_notes
	referencing old table as changed for each statement execute function note_order_notes();
