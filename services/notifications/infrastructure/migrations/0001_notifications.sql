-- Who accounts are, as identity said when they registered.
create table recipients (
  account_id uuid primary key,
  email text not null,
  full_name text,
  language text not null check (language in ('es', 'en'))
);

-- One a recipient and cause, however often the message of the cause comes. The recipient may not
-- be known yet: then it waits here.
create table notifications (
  id uuid primary key,
  recipient_id uuid not null,
  cause_id uuid not null,
  -- The notice as it was decided: kind, order number, amounts; worded when it is sent.
  notice jsonb not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  refused_at timestamptz,
  unique (recipient_id, cause_id)
) with (fillfactor = 85);
create index notifications_waiting on notifications (recipient_id, created_at)
  where sent_at is null and refused_at is null;
