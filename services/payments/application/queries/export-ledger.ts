import { csvCell } from '#shared/kernel/csv.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { ChainedEntry, LedgerChain } from '../ledger.ts';

/** Signs what was written, as the installation: who has the public key sees that no byte changed. */
export interface ExportSigner {
  begin(): Readonly<{
    /** What was written next. */
    add(text: string): void;
    /** A compact JWS (EdDSA) over `claims` and the SHA-256 of all that was added. */
    sign(claims: Readonly<Record<string, unknown>>): Promise<string>;
  }>;
  /** The public key as a JWK. */
  publicKey(): Promise<Readonly<Record<string, unknown>>>;
}

export type ExportRange = Readonly<{ from?: Date; to?: Date }>;

export type ExportLedger = Readonly<{
  csv(range: ExportRange): AsyncIterable<string>;
  /** One JSON document, an entry a line; its last line is the signature of all before it. */
  json(range: ExportRange): AsyncIterable<string>;
}>;

const csvColumns = [
  'n',
  'hash',
  'entry_id',
  'recorded_at',
  'cause_type',
  'cause_id',
  'payment_id',
  'order_id',
  'job_id',
  'reverses',
  'line',
  'account',
  'currency',
  'side',
  'amount',
] as const;

const csvLines = (entry: ChainedEntry): string =>
  entry.lines
    .map((line, i) =>
      [
        entry.n,
        entry.hash,
        entry.id,
        entry.recordedAt,
        entry.causeType,
        entry.causeId,
        entry.paymentId ?? '',
        entry.orderId ?? '',
        entry.jobId ?? '',
        entry.reverses ?? '',
        String(i + 1),
        line.account,
        line.amount.currency,
        line.side,
        formatAmount(line.amount.amountMinor, line.amount.currency),
      ]
        .map(csvCell)
        .join(','),
    )
    .map((line) => `${line}\r\n`)
    .join('');

const jsonLine = (entry: ChainedEntry): string =>
  JSON.stringify({
    n: entry.n,
    hash: entry.hash,
    id: entry.id,
    recorded_at: entry.recordedAt,
    cause_type: entry.causeType,
    cause_id: entry.causeId,
    payment_id: entry.paymentId,
    order_id: entry.orderId,
    job_id: entry.jobId,
    reverses: entry.reverses,
    lines: entry.lines.map(({ account, side, amount }) => ({
      account,
      side,
      amount: formatAmount(amount.amountMinor, amount.currency),
      currency: amount.currency,
    })),
  });

/** The books, entry by entry as they stand in the chain, up to what is committed now. */
export const createExportLedger = ({
  chain,
  signer,
  clock,
  issuer,
}: Readonly<{
  chain: LedgerChain;
  signer: ExportSigner;
  clock: Clock;
  issuer: () => string;
}>): ExportLedger => {
  const open = async ({ from = new Date(0), to = clock() }: ExportRange) => {
    await chain.seal();
    const head = await chain.head();
    return { from, to, head, entries: chain.read({ from, to, upTo: head?.seq ?? '0' }) };
  };
  return {
    async *csv(range) {
      yield `${csvColumns.join(',')}\r\n`;
      const { entries } = await open(range);
      for await (const page of entries) yield page.map(csvLines).join('');
    },
    async *json(range) {
      const { from, to, head, entries } = await open(range);
      const signing = signer.begin();
      const written = (text: string): string => {
        signing.add(text);
        return text;
      };
      const about = {
        format: 'plaza-ledger/1',
        issuer: issuer(),
        from: from.toISOString(),
        to: to.toISOString(),
        head: head ? `${head.seq}:${head.hash}` : null,
      };
      yield written(`{"export":${JSON.stringify(about)},\n"entries":[\n`);
      let count = 0;
      for await (const page of entries) {
        const lines = page.map(jsonLine).join(',\n');
        yield written(count === 0 ? lines : `,\n${lines}`);
        count += page.length;
      }
      yield written('\n],\n');
      const signature = await signing.sign({
        iss: about.issuer,
        iat: Math.floor(clock().getTime() / 1000),
        entries: count,
        head: about.head,
      });
      yield `"signature":"${signature}"}\n`;
    },
  };
};
