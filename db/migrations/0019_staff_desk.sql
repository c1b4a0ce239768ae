-- Who has left, or may not come in for now: no session is good, none can be opened.
alter table staff add column deactivated_at timestamptz;
alter table staff add column last_signed_in_at timestamptz;
create index staff_owners on staff (id) where role = 'owner' and deactivated_at is null;

-- What the browser calls itself, so that people know their own sessions.
alter table staff_sessions add column user_agent text;

-- The secret of an authenticator app comes out of the link's token and is kept nowhere until the account is there. Invitations of
-- before hold theirs, for as long as they are good.
alter table staff_invitations alter column totp_secret drop not null;
alter table staff_invitations add column id bigint generated always as identity unique;
-- Null: by the command line.
alter table staff_invitations add column invited_by bigint references staff (id) on delete set null;
-- Whose credentials the link makes anew; null: it makes an account.
alter table staff_invitations add column staff_id bigint references staff (id) on delete cascade;
create index staff_invitations_by_staff on staff_invitations (staff_id) where staff_id is not null;
create index staff_invitations_by_inviter on staff_invitations (invited_by) where invited_by is not null;

-- A report is asked for by a service or by somebody of the staff.
alter table reports alter column requested_by drop not null;
alter table reports add column requested_by_staff bigint references staff (id);
alter table reports add constraint reports_requested_by_one check (num_nonnulls(requested_by, requested_by_staff) = 1);
alter table reports add constraint reports_staff_key unique (requested_by_staff, idempotency_key);

-- The staff's list of what is no longer on sale. A row that knows of a withdrawal only tells nothing worth a line.
create index products_withdrawn_search on products using gin (search_text gin_trgm_ops)
	where withdrawn_at is not null and version >= 0;
create index products_withdrawn_by_name on products (name collate "ru-x-icu", id) where withdrawn_at is not null and version >= 0;
create index products_withdrawn_by_price on products (price, id) where withdrawn_at is not null and version >= 0;
create index products_withdrawn_by_arrival on products (arrival) where withdrawn_at is not null and version >= 0;

-- How far a report is, too: its worker tells twice a second.
drop trigger note_status on reports;
create trigger note_progress after update on reports
	for each row when (old.status <> new.status or old.lines <> new.lines) execute function note_report_change();
