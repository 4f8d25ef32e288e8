import type { PayoutRail } from '../application/payout-ports.ts';

/** A person carries a file to the bank: nothing is called, and only that person knows what became of it. */
export const createBankFileRail = (): PayoutRail => ({
  name: 'bank_file',
  isAutomatic: false,
  send: async () => ({ is: 'sent' }),
  read: async () => ({ is: 'sent' }),
});
