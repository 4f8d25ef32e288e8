/**
 * The books refuse what would take an account below zero, or a debt above it: a balance is not what it
 * was when the movement was computed. Nothing is stored; whoever asked computes it again.
 */
export const isRefusedByBooks = (error: unknown): boolean => {
  const { code, table } = error as { code?: unknown; table?: unknown };
  return code === '23514' && table === 'ledger_accounts';
};
