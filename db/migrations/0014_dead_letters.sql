-- Messages that could not be applied, and events that no topic takes, until somebody has decided what becomes of them.
create table dead_letters (
	-- Grows in the order in which they died, of each topic: what is replayed together goes in it.
	id bigint generated always as identity primary key,
	-- `in`: a message of another service; its topic has it too, and its bytes stand on `<topic>.dlq`. `out`: an event of ours;
	-- there is no other copy.
	direction text not null check (direction in ('in', 'out')),
	topic text not null,
	-- Where it stood and since when; null for an event of ours.
	partition integer,
	"offset" bigint,
	published_at timestamptz(3),
	-- As it stood in the outbox; null for a message of another service, and for one that was passed on as it came.
	event_id uuid,
	type text,
	created_at timestamptz,
	key bytea,
	-- `json`, not `jsonb`: headers may hold what jsonb refuses.
	headers json,
	value bytea,
	-- Of the value as it came.
	bytes integer not null,
	-- False: too large to be kept, only its beginning is here; or a secret, which is not.
	whole boolean not null,
	-- A word for programs, and a sentence.
	reason text not null,
	message text not null,
	-- How often it was tried, all of its replays together.
	attempts integer not null,
	-- The letter whose replay this is; it may be forgotten by now.
	replay_of bigint,
	at timestamptz(3) not null default now(),
	state text not null default 'open' check (state in ('open', 'replayed', 'dropped')),
	decided_at timestamptz(3),
	-- A member of the staff. Without a reference: who has decided stays when the account is gone.
	decided_by bigint
);
-- A batch that is read again leaves no second letter. With the time, for a topic that is made anew begins at 0 again.
create unique index dead_letters_by_place on dead_letters (topic, partition, "offset", published_at) where direction = 'in';
-- An index for each filter of the list, in its order; without a state it is put together of all three.
create index dead_letters_by_state on dead_letters (state, id);
create index dead_letters_by_topic on dead_letters (state, topic, id);
create index dead_letters_by_reason on dead_letters (state, reason, id);
create index dead_letters_by_kind on dead_letters (state, topic, reason, id);
create index dead_letters_replays on dead_letters (replay_of) where replay_of is not null;
create index dead_letters_in_by_time on dead_letters (at) where direction = 'in';
create index dead_letters_out_decided on dead_letters (decided_at) where direction = 'out' and state <> 'open';

-- What was put aside before there was this table, and what the release before this one still puts aside while it runs.
insert into dead_letters (direction, topic, event_id, type, created_at, key, headers, value, bytes, whole, reason, message, attempts, at)
select 'out', topic, event_id, type, created_at, key, headers, value, coalesce(length(value), 0), true, 'refused', reason, 1, died_at
from outbox_dead order by id;
delete from outbox_dead;

create function pass_dead_event_on() returns trigger language plpgsql as $$
begin
	insert into dead_letters (direction, topic, event_id, type, created_at, key, headers, value, bytes, whole, reason, message, attempts)
	values ('out', new.topic, new.event_id, new.type, new.created_at, new.key, new.headers, new.value, coalesce(length(new.value), 0),
		true, 'refused', new.reason, 1);
	return null;
end
$$;
create trigger pass_on before insert on outbox_dead for each row execute function pass_dead_event_on();
