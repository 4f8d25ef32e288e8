-- Notifications of providers as they came, before anything is made of them. What one is about is read
-- from the provider: several of the same are one reading.
create table webhook_deliveries (
  id uuid primary key,
  provider text not null,
  topic text not null,
  resource text not null,
  query text not null,
  request_id text,
  signature text,
  body bytea not null check (octet_length(body) <= 65536),
  -- 'genuine', or why its signature is none.
  verdict text not null,
  received_at timestamptz not null,
  processed_at timestamptz
);
create index webhook_deliveries_open on webhook_deliveries (provider, topic, resource)
  where processed_at is null and verdict = 'genuine';
create index webhook_deliveries_age on webhook_deliveries (received_at);

-- Stored with the timer that reads what it is about: who dies after this loses nothing.
create function store_delivery(
  p_id uuid, p_provider text, p_topic text, p_resource text, p_query text, p_request_id text,
  p_signature text, p_body bytea, p_verdict text, p_now timestamptz
) returns void language plpgsql as $$
begin
  insert into webhook_deliveries (id, provider, topic, resource, query, request_id, signature, body,
    verdict, received_at)
  values (p_id, p_provider, p_topic, p_resource, p_query, p_request_id, p_signature, p_body, p_verdict, p_now);
  if p_verdict = 'genuine' then
    insert into deadlines (kind, key, due_at)
    values ('provider-notification', p_provider || ' ' || p_topic || ' ' || p_resource, p_now)
    on conflict (kind, key) do update set due_at = excluded.due_at;
  end if;
end $$;
