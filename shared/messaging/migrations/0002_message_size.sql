-- The largest message: 1 MiB of data as PostgreSQL prints it. Brokers, consumers and operators' lists
-- hold many at once, so what is larger belongs in a file that the message names. Small data, which is
-- nearly all, is not printed for it.
alter table outbox add constraint outbox_data_at_most_1_mib
  check (pg_column_size(data) <= 131072 or octet_length(data::text) <= 1048576);
