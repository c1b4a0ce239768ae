create table staff (
	id bigint generated always as identity primary key,
	email text not null unique,
	role text not null check (role in ('viewer', 'operator', 'manager', 'owner')),
	password_hash text not null,
	totp_secret text not null,
	-- The last time step whose code was taken: a code works once.
	totp_last_step bigint not null default 0,
	created_at timestamptz not null default now()
);

create table staff_recovery_codes (
	staff_id bigint not null references staff (id) on delete cascade,
	code_hash bytea not null,
	primary key (staff_id, code_hash)
);

-- One-time links, one an email: a new one takes the place of the old. The TOTP secret is made with the invitation, so that
-- opening it twice shows the same one.
create table staff_invitations (
	token_hash bytea primary key,
	email text not null unique,
	role text not null check (role in ('viewer', 'operator', 'manager', 'owner')),
	totp_secret text not null,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null
);

create table staff_sessions (
	token_hash bytea primary key,
	id uuid not null unique default uuidv7(),
	staff_id bigint not null references staff (id) on delete cascade,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null
);
create index staff_sessions_by_staff on staff_sessions (staff_id);

-- Failed sign-ins by the email that was typed, whether it exists or not. A row is written before a password is looked at, and
-- taken back when all was right.
create table staff_sign_in_failures (
	id bigint generated always as identity primary key,
	email text not null,
	failed_at timestamptz not null default clock_timestamp()
);
create index staff_sign_in_failures_by_email on staff_sign_in_failures (email, failed_at);
create index staff_sign_in_failures_at on staff_sign_in_failures (failed_at);

-- Other services' keys: hashed, scoped, expiring; two of one name may live at a time, so that a key can be changed silently.
create table api_keys (
	id bigint generated always as identity primary key,
	name text not null,
	key_hash bytea not null unique,
	scopes text[] not null,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null,
	revoked_at timestamptz
);
create index api_keys_by_name on api_keys (name);
