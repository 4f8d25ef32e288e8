-- The history of accounts becomes the audit log: acts of staff in every context come into it, and
-- each row is sealed into a chain of hashes that shows when one was changed, added or taken away.

-- What was done, asked, there before and answered; only of acts of staff.
alter table account_events add column act jsonb;
-- Keeps what erasure takes from being guessed by its digest; goes with it.
alter table account_events add column salt uuid default gen_random_uuid();
-- Rows are sealed in an order in which none can appear behind the last one.
alter table account_events add column tx xid8 not null default pg_current_xact_id();
create index account_events_order on account_events (tx, id);
create index account_events_actor on account_events (actor_id, id) where actor_id is not null;

create table audit_chain (
  seq bigint primary key check (seq > 0),
  event_id uuid not null unique,
  event_tx xid8 not null,
  -- SHA-256 of what stays, and of what erasure takes.
  content bytea not null,
  personal bytea not null,
  -- SHA-256 of the hash before and all of the above.
  hash bytea not null unique,
  sealed_at timestamptz not null
);

create function audit_content(e account_events) returns bytea language sql stable as $$
  select sha256(convert_to(jsonb_build_array(e.id, e.account_id, e.type,
    to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.detail, e.actor_id)::text, 'UTF8'))
$$;
create function audit_personal(e account_events) returns bytea language sql stable as $$
  select sha256(convert_to(jsonb_build_array(e.salt, e.ip, e.user_agent, e.act)::text, 'UTF8'))
$$;
create function audit_hash(before bytea, c_seq bigint, c_event uuid, c_content bytea, c_personal bytea)
returns bytea language sql immutable as $$
  select sha256(before || int8send(c_seq) || uuid_send(c_event) || c_content || c_personal)
$$;

-- Seals up to `batch` rows that no transaction can come before any more. Of two at once one does it.
create function seal_audit_log(batch integer, now timestamptz) returns integer
language plpgsql security definer set search_path from current as $$
declare
  v_last audit_chain;
  v_event account_events;
  v_content bytea;
  v_personal bytea;
  v_sealed integer := 0;
begin
  if not pg_try_advisory_xact_lock(hashtext('plaza.audit')) then return 0; end if;
  select * into v_last from audit_chain order by seq desc limit 1;
  for v_event in
    select * from account_events e
    where (v_last.seq is null or (e.tx, e.id) > (v_last.event_tx, v_last.event_id))
      and e.tx < pg_snapshot_xmin(pg_current_snapshot())
    order by e.tx, e.id limit batch
  loop
    v_content := audit_content(v_event);
    v_personal := audit_personal(v_event);
    insert into audit_chain values (coalesce(v_last.seq, 0) + 1, v_event.id, v_event.tx, v_content,
      v_personal, audit_hash(coalesce(v_last.hash, ''), coalesce(v_last.seq, 0) + 1, v_event.id,
        v_content, v_personal), now)
    returning * into v_last;
    v_sealed := v_sealed + 1;
  end loop;
  return v_sealed;
end $$;

-- Sign-ins and tries go after a quarter of a year; the chain keeps their digests. Nothing younger can
-- be taken, whoever asks.
create function prune_audit_log(now timestamptz) returns void
language sql security definer set search_path from current as $$
  delete from account_events e using audit_chain c
  where e.at < least(now, statement_timestamp()) - interval '90 days' and c.event_id = e.id
    and (e.account_id is null or e.type in ('LoggedIn', 'LoginFailed', 'RegistrationTried',
      'PasswordRight', 'SecondStepAsked', 'SecondStepFailed', 'SteppedUp', 'PasskeyRefused'))
    and e.act is null
$$;

do $$
declare v_role text := current_setting('plaza.context_role');
begin
  -- The context's own role adds and reads. Of what is there it can only empty what erasure takes.
  execute format('revoke update, delete on account_events from %I', v_role);
  execute format('grant update (ip, user_agent, act, salt) on account_events to %I', v_role);
  execute format('revoke insert, update, delete on audit_chain from %I', v_role);
end $$;
