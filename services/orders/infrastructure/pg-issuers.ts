import type { Pool } from 'pg';
import type { Issuers, StoredIssuer } from '../application/commands/keep-issuer.ts';

type Row = Readonly<{
  id: string;
  seller_id: string;
  version: number;
  legal_name: string;
  country: string;
  document_type: string;
  document_number: string;
}>;

const columns = 'id, seller_id, version, legal_name, country, document_type, document_number';

const toIssuer = (row: Row): StoredIssuer => ({
  id: row.id,
  sellerId: row.seller_id,
  version: row.version,
  legalName: row.legal_name,
  country: row.country,
  document: { type: row.document_type, number: row.document_number },
});

export const createPgIssuers = (pool: Pool): Issuers => ({
  async current(sellerId) {
    const { rows } = await pool.query<Row>({
      name: 'issuer-current',
      text: `select ${columns} from issuers where seller_id = $1 order by version desc limit 1`,
      values: [sellerId],
    });
    return rows[0] && toIssuer(rows[0]);
  },
  async add({ id, sellerId, version, legalName, country, document }, now) {
    const { rows } = await pool.query<Row>({
      name: 'issuer-add',
      text: `insert into issuers (${columns}, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (seller_id, version) do nothing returning ${columns}`,
      values: [id, sellerId, version, legalName, country, document.type, document.number, now],
    });
    return rows[0] && toIssuer(rows[0]);
  },
  async find(ids) {
    if (ids.length === 0) return [];
    const { rows } = await pool.query<Row>({
      name: 'issuers-find',
      text: `select ${columns} from issuers where id = any($1) order by legal_name, id`,
      values: [ids],
    });
    return rows.map(toIssuer);
  },
});
