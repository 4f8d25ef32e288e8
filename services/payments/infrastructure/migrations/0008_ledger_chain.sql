-- A chain of hashes beside the journal: h(n) = SHA-256 of h(n-1) and the n-th entry. Entries are put
-- into it after their commit, so that no writer waits for another (ADR 0012).
create table ledger_chain (
  n bigint primary key check (n > 0),
  entry_id uuid not null unique references journal_entries (id),
  hash bytea not null
);
create trigger chain_stays before update or delete or truncate on ledger_chain
  for each statement execute function refuse_change();

-- Up to which number every entry is in the chain or will never be there, and what to wait for until
-- that can be said of `next_seq`: every transaction that was older than `next_tx` has ended.
create table ledger_chain_mark (
  is_only boolean primary key default true check (is_only),
  swept_seq bigint not null,
  next_seq bigint not null,
  next_tx xid8 not null
);
insert into ledger_chain_mark (swept_seq, next_seq, next_tx) values (0, 0, '0');

-- An entry as it is hashed: a line of what it is, and one for each of its lines. No value holds a
-- bar or a line break, so no two entries read the same.
create function ledger_head(e journal_entries) returns text language sql stable as $$
  select concat_ws('|', e.id, e.cause_type, e.cause_id, coalesce(e.payment_id::text, ''),
    coalesce(e.order_id::text, ''), coalesce(e.job_id::text, ''), coalesce(e.reverses::text, ''),
    to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
$$;
create function ledger_line(l journal_lines) returns text language sql stable as $$
  select concat_ws('|', l.line_no, l.account_id, l.currency, l.side, l.amount_minor)
$$;
create function next_ledger_hash(p_before bytea, p_start bytea, p_entry text) returns bytea
language sql immutable parallel safe as $$
  select sha256(coalesce(p_before, p_start) || convert_to(p_entry, 'UTF8'))
$$;
create aggregate ledger_hash(bytea, text) (sfunc = next_ledger_hash, stype = bytea);

-- Chains up to `p_batch` entries that are committed and not in it yet. Of two at once one does it, and
-- the other is answered null.
create function chain_ledger(p_batch integer) returns integer
language plpgsql security definer set search_path from current as $$
declare
  v_mark ledger_chain_mark;
  v_last ledger_chain;
  v_is_settled boolean;
  v_is_elsewhere boolean;
  v_chained integer;
  v_last_seq bigint;
  v_newest_seq bigint;
  v_may_mark boolean;
begin
  if not pg_try_advisory_xact_lock(hashtext('plaza.ledger')) then return null; end if;
  -- Before this transaction has a number of its own: whoever drew a lower one than the newest that is
  -- seen here, and has not ended, has a lower transaction number than this will get.
  v_may_mark := pg_current_xact_id_if_assigned() is null;
  select max(e.seq) into v_newest_seq from journal_entries e;
  select * into v_mark from ledger_chain_mark;
  -- Asked before the entries are read, in a snapshot of its own. A database that was restored
  -- elsewhere counts transactions anew: what it noted is then beyond all that it has begun.
  v_is_settled := v_mark.next_tx <= pg_snapshot_xmin(pg_current_snapshot());
  v_is_elsewhere := v_mark.next_tx > pg_snapshot_xmax(pg_current_snapshot());
  select * into v_last from ledger_chain order by n desc limit 1;
  with fresh as (
    select e.id, e.seq, concat_ws(E'\n', ledger_head(e), (
      select string_agg(ledger_line(l), E'\n' order by l.line_no) from journal_lines l
      where l.entry_id = e.id)) as content
    from journal_entries e
    -- One look-up an entry, whatever the planner thinks of a table that was empty yesterday.
    where e.seq > v_mark.swept_seq
      and (select c.n from ledger_chain c where c.entry_id = e.id) is null
    order by e.seq limit p_batch
  ), linked as (
    insert into ledger_chain (n, entry_id, hash)
    select coalesce(v_last.n, 0) + row_number() over (order by f.seq), f.id,
      ledger_hash(coalesce(v_last.hash, ''), f.content) over (order by f.seq)
    from fresh f
  )
  select count(*), max(f.seq) into v_chained, v_last_seq from fresh f;
  if v_is_settled and v_mark.swept_seq < v_mark.next_seq then
    v_mark.swept_seq := case when v_chained < p_batch then v_mark.next_seq
      else greatest(v_mark.swept_seq, least(v_mark.next_seq, v_last_seq)) end;
    update ledger_chain_mark set swept_seq = v_mark.swept_seq;
  end if;
  if v_may_mark and (v_is_elsewhere or (v_is_settled and v_mark.swept_seq >= v_mark.next_seq
      and v_newest_seq > v_mark.swept_seq)) then
    update ledger_chain_mark set next_tx = pg_current_xact_id(),
      next_seq = greatest(swept_seq, v_newest_seq);
  end if;
  return v_chained;
end $$;

do $$
begin
  execute format('revoke insert, update, delete on ledger_chain, ledger_chain_mark from %I',
    current_setting('plaza.context_role'));
end $$;
