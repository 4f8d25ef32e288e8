import { csvCell } from '#shared/kernel/csv.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { Destination } from './destination.ts';

/** One transfer that a bank is asked to make. */
export type BankLine = Readonly<{
  payoutId: string;
  destination: Destination;
  amountMinor: bigint;
  currency: string;
}>;

const columns = [
  'payout_id',
  'country',
  'account_type',
  'bank_code',
  'account_number',
  'holder_name',
  'tax_id',
  'amount',
  'currency',
] as const;

/** The file that a bank takes: CSV in UTF-8 with a heading, lines end in CRLF. */
export const bankFile = (lines: readonly BankLine[]): string =>
  [
    columns,
    ...lines.map(({ payoutId, destination: to, amountMinor, currency }) => [
      payoutId,
      to.country,
      to.type,
      to.bankCode,
      to.accountNumber,
      to.holderName,
      to.taxId,
      formatAmount(amountMinor, currency),
      currency,
    ]),
  ]
    .map((row) => `${row.map(csvCell).join(',')}\r\n`)
    .join('');
