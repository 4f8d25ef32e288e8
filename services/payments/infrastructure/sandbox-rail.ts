import type { Pool } from 'pg';
import type { PayoutRail } from '../application/payout-ports.ts';
import { ProviderUnclear } from '../application/ports.ts';
import type { PayoutState } from '../domain/payout.ts';

type Row = Readonly<{ reference: string; status: 'paid' | 'returned' | 'void' }>;

/** The last four digits of an account decide; any other number is paid. */
const returned = '0002';
const lostAfter = '1018';
const lostBefore = '1026';

/** The key decides: the same again is the same transfer; one that was made void never is one. */
const sendSql = `
  insert into sandbox_payouts as p (key, reference, amount_minor, status) values ($1, $2, $3, $4)
  on conflict (key) do update set key = p.key
  returning reference, status`;

const toState = ({ reference, status }: Row): PayoutState => {
  switch (status) {
    case 'paid':
      return { is: 'paid', reference };
    case 'returned':
      return { is: 'returned', reason: 'account_closed' };
    case 'void':
      return { is: 'void' };
  }
};

/** A bank inside the platform, with books of its own, that does what the account number says. */
export const createSandboxRail = ({
  pool,
  newId,
}: Readonly<{ pool: Pool; newId: () => string }>): PayoutRail => {
  const ask = async (key: string, amountMinor: bigint, status: Row['status']): Promise<Row> => {
    const values = [key, newId(), amountMinor, status];
    const { rows } = await pool.query<Row>({ name: 'sandbox-payout', text: sendSql, values });
    return rows[0]!;
  };
  return {
    name: 'sandbox',
    isAutomatic: true,
    async send({ key, amount, destination }) {
      const last4 = destination.accountNumber.slice(-4);
      if (last4 === lostBefore) throw new ProviderUnclear('no answer');
      const row = await ask(key, amount.amountMinor, last4 === returned ? 'returned' : 'paid');
      if (last4 === lostAfter) throw new ProviderUnclear('the answer was lost');
      return toState(row);
    },
    read: async (key) => toState(await ask(key, 0n, 'void')),
  };
};
