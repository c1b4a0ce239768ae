-- What the staff did, and what was done by the command line: written in the transaction of what was done.
create table audit_log (
	id bigint generated always as identity primary key,
	-- To the millisecond, as it is shown and paged by.
	at timestamptz(3) not null default now(),
	-- Null: the command line. Without a reference: what somebody did stays when the account is gone.
	staff_id bigint,
	action text not null,
	subject_type text not null,
	-- As it is written in addresses: a number, a UUID, an email.
	subject_id text not null,
	-- What changed; no secrets, and of personal data only which of it.
	details jsonb not null
);
-- An index for each filter, in the order of the list; a time is a range of each.
create index audit_log_by_time on audit_log (at desc, id desc);
create index audit_log_by_staff on audit_log (staff_id, at desc, id desc);
create index audit_log_by_action on audit_log (action, at desc, id desc);
create index audit_log_by_staff_action on audit_log (staff_id, action, at desc, id desc);
create index audit_log_by_subject on audit_log (subject_type, subject_id, at desc, id desc);
