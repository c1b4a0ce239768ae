alter table reports drop constraint reports_status_check;
alter table reports add constraint reports_status_check check (status in ('pending', 'running', 'completed', 'failed', 'expired'));

-- What the file is expected to hold, for who waits for it; null: nobody knows.
alter table reports add column lines_estimate bigint;
-- When the worker that makes it took it.
alter table reports add column taken_at timestamptz;
-- From when on what there is of its file is to be removed; null: it may stay, or is gone.
alter table reports add column remove_file_at timestamptz;

-- What a failed one has left so far, because its storage was away just then.
update reports set remove_file_at = now() where status = 'failed' and attempt > 0;

create index reports_to_expire on reports (completed_at) where status = 'completed';
create index reports_files_to_remove on reports (remove_file_at) where remove_file_at is not null;
