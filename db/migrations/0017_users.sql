-- Grows with each change of what the staff edit and decide by: whoever saves says which version was seen.
alter table customers add column version integer not null default 1;
-- The member of the staff. Without a reference: what somebody did stays when the account is gone.
alter table customers add column blocked_by bigint;
-- Orders, their sums and reports know the customer by its id alone: the row stays when the person is erased, and holds nothing of
-- them. The phone is unique and part of the text that is searched: in its place stands what is no phone, so that nothing of the
-- table has to be written anew.
alter table customers add column erased_at timestamptz;
alter table customers add constraint customers_erased_check check (
	erased_at is null or (name = '' and email = '' and phone = 'erased:' || id::text and blocked_reason is null)
) not valid;

-- By a trigger: whoever writes, also the release before this one while it still runs.
create function count_customer_version() returns trigger language plpgsql as $$
begin
	new.version := old.version + 1;
	return new;
end
$$;
create trigger count_version before update on customers for each row
	when ((old.name, old.phone, old.email, old.locale, old.blocked_at, old.erased_at)
		is distinct from (new.name, new.phone, new.email, new.locale, new.blocked_at, new.erased_at))
	execute function count_customer_version();

-- What the delivery service still tells of it then is about somebody whom nobody knows any more.
alter table deliveries add column erased_at timestamptz;

-- Whoever is erased is looked for among what could not be applied or told. A hash: a key may be as long as it likes.
create index dead_letters_by_key on dead_letters using hash (key);
