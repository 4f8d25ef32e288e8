import { parse } from 'csv-parse/sync';
import { isUuid } from '#shared/kernel/ids.ts';
import { money, type Money } from '#shared/kernel/money.ts';
import { fromWireText } from './amounts.ts';
import { OffSchema } from './reading.ts';

/**
 * Money that left the account there for a bank, or came back from it: rows of the settlement report
 * (https://www.mercadopago.com.co/developers/en/docs/reports/account-money/how-to-use). All others are
 * of payments, whose search tells more of them.
 */
export type Withdrawal = Readonly<{
  /** The provider's own name of the operation, and which end of it this is. */
  reference: string;
  /** Negative: it left; positive: the bank did not take it. */
  amount: Money;
  /** Of ours, where whoever made it wrote the id of one there. */
  payoutId: string | null;
  occurredAt: Date;
}>;

/** What a type of row says of money that goes to a bank. Others are none of it. */
const kinds: Readonly<Record<string, 'taken' | 'returned'>> = {
  WITHDRAWAL: 'taken',
  PAYOUT: 'taken',
  WITHDRAWAL_CANCEL: 'returned',
  PAYOUT_CANCEL: 'returned',
};

type Row = Readonly<Record<string, string>>;

const need = (row: Row, column: string): string => {
  const found = row[column];
  if (found === undefined || found === '') throw new OffSchema(`a row has no ${column}`);
  return found;
};

const toWithdrawal = (row: Row, kind: 'taken' | 'returned'): Withdrawal => {
  const currency = need(row, 'TRANSACTION_CURRENCY');
  // The sign says what the type says already, and some countries leave it out.
  const read = fromWireText(need(row, 'TRANSACTION_AMOUNT').replace(/^[+-]/, ''), currency);
  const occurredAt = new Date(need(row, 'TRANSACTION_DATE'));
  if (!read || Number.isNaN(occurredAt.getTime()))
    throw new OffSchema('a withdrawal has an amount or a date of another form');
  const external = row['EXTERNAL_REFERENCE'] ?? '';
  return {
    reference: `${need(row, 'SOURCE_ID')}:${kind}`,
    amount: money(kind === 'taken' ? -read.amountMinor : read.amountMinor, currency),
    payoutId: isUuid(external) ? external : null,
    occurredAt,
  };
};

/** Reads a report; throws `OffSchema` when it is none, or a withdrawal in it cannot be read. */
export const readWithdrawals = (csv: string): readonly Withdrawal[] => {
  // The account chooses the separator; no name of a column has any of them.
  const header = csv.slice(0, csv.indexOf('\n'));
  const delimiter = [';', ',', '\t', '|'].find((one) => header.includes(one)) ?? ',';
  let rows: readonly Row[];
  try {
    rows = parse(csv, { bom: true, columns: true, delimiter, skip_empty_lines: true, trim: true });
  } catch (cause) {
    throw new OffSchema(`the report is no CSV: ${(cause as Error).message}`);
  }
  if (rows.length > 0 && rows[0]!['TRANSACTION_TYPE'] === undefined)
    throw new OffSchema('the report says of no row what it is');
  return rows.flatMap((row) => {
    const type = row['TRANSACTION_TYPE'] ?? '';
    return Object.hasOwn(kinds, type) ? [toWithdrawal(row, kinds[type]!)] : [];
  });
};
