-- What every module stands on: the outbox, the inbox, the topics of the embedded mode, and the service's own secrets.

-- Events that wait for the relay. A row is written in the transaction of the change it tells of, sent, and deleted.
create table outbox (
	id bigint generated always as identity primary key,
	event_id uuid not null default uuidv7(),
	topic text not null,
	key bytea,
	-- The CloudEvents type; null for a message that is passed on as it came (a dead letter).
	type text,
	-- Headers to send beside those made from the columns. `json`, not `jsonb`: a dead letter's may hold what jsonb refuses.
	headers json,
	value bytea,
	created_at timestamptz not null default now()
);

-- Events that the broker refuses for good, with its reason.
create table outbox_dead (
	id bigint primary key,
	event_id uuid not null,
	topic text not null,
	key bytea,
	type text,
	headers json,
	value bytea,
	created_at timestamptz not null,
	reason text not null,
	died_at timestamptz not null default now()
);

-- Ids of the messages that were dealt with, for handlers that are not idempotent by their own key.
create table inbox (
	consumer text not null,
	event_id text not null,
	received_at timestamptz not null default now(),
	primary key (consumer, event_id)
);
create index inbox_received_at on inbox (received_at);

-- Topics without a broker. `next_offset` is taken under the row's lock, so offsets are in the order of commit and without gaps.
create table topics (
	name text primary key,
	next_offset bigint not null default 0,
	retention_ms bigint not null,
	compacted boolean not null,
	max_message_bytes bigint not null
);
create table topic_messages (
	topic text not null references topics (name),
	"offset" bigint not null,
	key bytea,
	value bytea,
	headers json not null,
	published_at timestamptz not null default clock_timestamp(),
	primary key (topic, "offset")
);
create index topic_messages_published_at on topic_messages (topic, published_at);
create index topic_messages_key on topic_messages (topic, key, "offset");
create table topic_offsets (
	"group" text not null,
	topic text not null references topics (name),
	next_offset bigint not null,
	primary key ("group", topic)
);

-- Keys that the service makes for itself when the operator gives none.
create table secrets (
	name text primary key,
	value bytea not null,
	created_at timestamptz not null default now()
);
