-- One row for each transaction that changed products: who keeps pages of the catalogue in memory asks here whether something new
-- was committed. By transaction and without a counter, so that no two of them wait for each other.
create table catalog_changes (
	xid xid8 primary key
);

-- Whoever writes: also the release before this one while it still runs, and somebody by hand.
create function note_catalog_change() returns trigger language plpgsql as $$
begin
	if exists (select from changed) then
		insert into catalog_changes (xid) values (pg_current_xact_id()) on conflict do nothing;
	end if;
	return null;
end
$$;
-- Once a statement, whatever the number of its rows.
create trigger note_inserted after insert on products
	referencing new table as changed for each statement execute function note_catalog_change();
create trigger note_updated after update on products
	referencing new table as changed for each statement execute function note_catalog_change();
create trigger note_deleted after delete on products
	referencing old table as changed for each statement execute function note_catalog_change();
