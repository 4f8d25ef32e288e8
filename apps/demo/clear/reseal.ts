import type { Client } from 'pg';

/** The last link of each chain as `number:hash`; null while there is none. */
export type Heads = Readonly<{ ledger_head: string | null; audit_head: string | null }>;

/**
 * The links of the audit log keep what they say of each entry and are put one behind the other again,
 * so that what erasure and age have emptied stays provable. The ledger is sealed from its beginning.
 */
const resealSql = `
  update payments.ledger_chain_mark set swept_seq = 0, next_seq = 0, next_tx = '0';
  select payments.chain_ledger(2147483647);
  do $$
  declare
    v_link record;
    v_seq bigint := 0;
    v_hash bytea := '';
  begin
    for v_link in select event_id, content, personal from identity.audit_chain order by seq loop
      v_seq := v_seq + 1;
      v_hash := identity.audit_hash(v_hash, v_seq, v_link.event_id, v_link.content, v_link.personal);
      update identity.audit_chain set seq = v_seq, hash = v_hash where event_id = v_link.event_id;
    end loop;
  end $$`;

const headsSql = `
  select
    (select n || ':' || encode(hash, 'hex') from payments.ledger_chain order by n desc limit 1) as ledger_head,
    (select seq || ':' || encode(hash, 'hex') from identity.audit_chain order by seq desc limit 1) as audit_head`;

/** Seals anew what is left of both; answers their new heads. */
export const resealBooks = async (client: Client): Promise<Heads> => {
  await client.query(resealSql);
  return (await client.query<Heads>(headsSql)).rows[0]!;
};
