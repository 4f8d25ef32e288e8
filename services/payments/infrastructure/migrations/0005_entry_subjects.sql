-- An entry says itself what it is about: money moves for jobs, payouts and corrections too.
alter table journal_entries alter column payment_id drop not null;
alter table journal_entries alter column order_id drop not null;
alter table journal_entries add column job_id uuid;
create index journal_entries_of_order on journal_entries (order_id) where order_id is not null;
create index journal_entries_of_job on journal_entries (job_id) where job_id is not null;

create function post_entry(p_entry jsonb, p_now timestamptz) returns void language plpgsql as $$
begin
  if p_entry is null then return; end if;
  insert into journal_entries (id, cause_type, cause_id, payment_id, order_id, job_id, recorded_at)
  values ((p_entry ->> 'id')::uuid, p_entry ->> 'causeType', (p_entry ->> 'causeId')::uuid,
          (p_entry #>> '{about,paymentId}')::uuid, (p_entry #>> '{about,orderId}')::uuid,
          (p_entry #>> '{about,jobId}')::uuid, p_now);
  insert into journal_lines (entry_id, line_no, account_id, currency, side, amount_minor)
  select (p_entry ->> 'id')::uuid, l.n, l.line ->> 'account', l.line ->> 'currency',
         l.line ->> 'side', (l.line ->> 'amountMinor')::bigint
  from jsonb_array_elements(p_entry -> 'lines') with ordinality as l (line, n);
end $$;

-- Settling calls it by its old name.
create or replace function book_entry(p_entry jsonb, p_payment_id uuid, p_order_id uuid, p_now timestamptz)
returns void language sql as $$ select post_entry(p_entry, p_now) $$;
