import type { Pool } from 'pg';
import type { Clock } from '#shared/platform/module.ts';
import type { Addresses, AddressView, NewAddress } from '../application/ports.ts';

const utc = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const viewSql = `
  select a.id, a.label, a.recipient as full_name, a.phone_number, a.country, a.fields,
    case when a.document_type is not null
      then jsonb_build_object('type', a.document_type, 'number', a.document_number) end as document,
    a.id is not distinct from p.shipping_address_id as is_default_shipping,
    a.id is not distinct from p.billing_address_id as is_default_billing,
    ${utc('a.created_at')} as created_at, ${utc('a.updated_at')} as updated_at
  from addresses a join profiles p using (account_id)
  where a.account_id = $1`;

/** Parameters from $3 on. */
const columns = 'label, recipient, phone_number, country, fields, document_type, document_number';

/** $10, $11 whether it becomes a default, or undefined; $12 now. The counter is what bounds them. */
const addSql = `
  with owner as (
    update profiles set address_count = address_count + 1,
      shipping_address_id = case when $10 or shipping_address_id is null then $2 else shipping_address_id end,
      billing_address_id = case when $11 or billing_address_id is null then $2 else billing_address_id end
    where account_id = $1 returning account_id
  )
  insert into addresses (account_id, id, ${columns}, created_at, updated_at)
  select account_id, $2::uuid, $3, $4, $5, $6, $7::jsonb, $8, $9, $12, $12 from owner`;

const replaceSql = `
  with given as (
    update addresses set (${columns}) = row($3, $4, $5, $6, $7::jsonb, $8, $9), updated_at = $12
    where account_id = $1 and id = $2 returning account_id
  ), defaults as (
    update profiles p set
      shipping_address_id = case when $10 then $2
        when not $10 and shipping_address_id = $2 then null else shipping_address_id end,
      billing_address_id = case when $11 then $2
        when not $11 and billing_address_id = $2 then null else billing_address_id end
    from given where p.account_id = given.account_id
  )
  select account_id from given`;

const removeSql = `
  with gone as (delete from addresses where account_id = $1 and id = $2 returning account_id)
  update profiles p set address_count = address_count - 1 from gone
  where p.account_id = gone.account_id`;

const checkViolation = '23514';

const valuesOf = (accountId: string, id: string, address: NewAddress, now: Date) => [
  accountId,
  id,
  address.label,
  address.recipient,
  address.phoneNumber,
  address.country,
  JSON.stringify(address.fields),
  address.document?.type ?? null,
  address.document?.number ?? null,
  address.isDefaultShipping ?? null,
  address.isDefaultBilling ?? null,
  now,
];

export const createPgAddresses = ({
  pool,
  clock,
}: Readonly<{ pool: Pool; clock: Clock }>): Addresses => ({
  async list(accountId) {
    const { rows } = await pool.query<AddressView>({
      name: 'addresses',
      text: `${viewSql} order by a.created_at, a.id`,
      values: [accountId],
    });
    return rows;
  },

  async find(accountId, id) {
    const { rows } = await pool.query<AddressView>({
      name: 'address',
      text: `${viewSql} and a.id = $2`,
      values: [accountId, id],
    });
    return rows[0];
  },

  async add(accountId, id, address) {
    try {
      const { rowCount } = await pool.query({
        name: 'add-address',
        text: addSql,
        values: valuesOf(accountId, id, address, clock()),
      });
      return rowCount === 1 ? 'added' : 'no_profile';
    } catch (error) {
      const { code, constraint } = error as { code?: string; constraint?: string };
      if (code === checkViolation && constraint === 'profiles_address_count') return 'too_many';
      throw error;
    }
  },

  async replace(accountId, id, address) {
    const { rowCount } = await pool.query({
      name: 'replace-address',
      text: replaceSql,
      values: valuesOf(accountId, id, address, clock()),
    });
    return rowCount === 1;
  },

  async remove(accountId, id) {
    const { rowCount } = await pool.query({
      name: 'remove-address',
      text: removeSql,
      values: [accountId, id],
    });
    return rowCount === 1;
  },
});
