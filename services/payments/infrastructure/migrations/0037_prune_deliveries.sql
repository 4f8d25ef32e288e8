-- Notifications that are too old to matter go, once a day, from the first start on.
insert into deadlines (kind, key, due_at) values ('prune-deliveries', '', now())
on conflict do nothing;
