-- What goes to who is looking now, kept for an hour for who was away for a moment. A row may be lost
-- at a crash: whoever is connected then has to come again, and reads what is true.
create table live_events (
  seq bigint generated always as identity primary key,
  topic text not null,
  message_id uuid not null,
  event text not null,
  data jsonb not null,
  happened_at timestamptz not null,
  recorded_at timestamptz not null,
  unique (topic, message_id)
);
create index live_events_of_topic on live_events (topic, seq);
create index live_events_by_age on live_events (recorded_at);

-- Up to where rows were taken away: who asks for less has missed something.
create table live_pruned (seq bigint not null);
insert into live_pruned values (0);

-- One use each, by who knows the secret whose hash stands here.
create table live_tickets (
  hash text primary key,
  principal jsonb not null,
  origin text,
  expires_at timestamptz not null
);
create index live_tickets_by_age on live_tickets (expires_at);
