import type { Pool } from 'pg';
import type { FindKnownWithdrawals } from './mercado-pago/withdrawals.ts';

type Row = Readonly<{ reference: string; id: string; is_returned: boolean }>;

/** The causes of the entries of withdrawals that a person had booked, by the provider's name of each. */
export const createPgKnownWithdrawals =
  (pool: Pool): FindKnownWithdrawals =>
  async (provider, references) => {
    const { rows } = await pool.query<Row>({
      name: 'withdrawals-known',
      text: `select reference, id, provider_minor > 0 as is_returned from reconciliation_differences
        where provider = $1 and state = 'booked' and reference = any($2)`,
      values: [provider, references],
    });
    return new Map(
      rows.map(({ reference, id, is_returned: isReturned }) => [
        reference,
        { type: isReturned ? 'withdrawal_returned' : 'withdrawal', id },
      ]),
    );
  };
