create table reports (
	id uuid primary key default uuidv7(),
	number bigint generated always as identity unique,
	status text not null default 'pending' check (status in ('pending', 'running', 'completed', 'failed')),
	requested_by bigint not null references api_keys (id),
	idempotency_key text,
	request_hash bytea,
	period_from timestamptz,
	period_to timestamptz,
	lines bigint not null default 0,
	bytes bigint not null default 0,
	sha256 text,
	-- What it means and what to do stands in the program, in both languages.
	error_code text,
	-- Grows with each worker that takes the report: only the holder of the last one may publish.
	attempt integer not null default 0,
	-- How often it failed for a reason that may pass, or lost its worker.
	failures integer not null default 0,
	lease_until timestamptz,
	requested_at timestamptz not null default now(),
	completed_at timestamptz,
	unique (requested_by, idempotency_key)
);
create index reports_waiting on reports (number) where status in ('pending', 'running');
