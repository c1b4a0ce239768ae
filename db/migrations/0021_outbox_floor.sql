-- Who writes into the outbox has a transaction number before the first of its events has an id. So whoever has seen an event knows by the
-- numbers when all transactions that may still write one with a lower id have ended, and need not look for them among what was deleted.
create function number_transaction() returns trigger language plpgsql as $$
begin
	perform pg_current_xact_id();
	return null;
end
$$;
create trigger number_transaction before insert on outbox for each statement execute function number_transaction();
