import assert from 'node:assert/strict';

export type Side = 'debit' | 'credit';

/** One line of a posting: how much of `currency` an account takes on one side. */
export type PostingLine = Readonly<{
  account: string;
  currency: string;
  side: Side;
  amountMinor: bigint;
  /** Of a debit: the account that gives what this one lacks when the entry is booked. */
  orElse?: string;
  /** Of a credit: the account whose debt is paid back first when the entry is booked. */
  first?: string;
}>;

/** What a movement of money is about; what is not known of it is left out. */
export type PostingSubject = Readonly<{ paymentId?: string; orderId?: string; jobId?: string }>;

/** One balanced movement of money: debits equal credits. */
export type JournalEntry = Readonly<{
  id: string;
  /** One entry a cause: a second one of the same type and id is refused by the database. */
  causeType: PostingKind;
  causeId: string;
  about: PostingSubject;
  lines: readonly PostingLine[];
  /** The one entry that this one takes back, in whole or in part. */
  reverses?: string;
}>;

type TemplateLine = Readonly<{
  side: Side;
  /** With `{names}` to be filled in. */
  account: string;
  /** The name of the amount; in a `each` line it is a name of every part. */
  amount: string;
  /** One line for every part, such as a seller's share. */
  isEach?: true;
  /** As of `PostingLine`: settled by the database, which alone knows the balance at that moment. */
  orElse?: string;
  first?: string;
}>;

const debit = (account: string, amount: string): TemplateLine => ({
  side: 'debit',
  account,
  amount,
});
const credit = (account: string, amount: string): TemplateLine => ({
  side: 'credit',
  account,
  amount,
});
const each = (line: TemplateLine): TemplateLine => ({ ...line, isEach: true });

/**
 * Every kind of movement that the books know (reliability 2.1). A kind that is missing here cannot
 * be booked; lines of nothing are left out.
 */
export const postingTemplates = {
  /**
   * Captured money lies at the provider and is owed to the sellers, who have not earned it yet. Of a split
   * charge only the fee came to us: the rest is what the seller collected there (ADR 0032).
   */
  capture: [
    debit('provider:{provider}', 'total'),
    each(debit('seller:{seller}:collected', 'collected')),
    each(credit('seller:{seller}:pending', 'amount')),
  ],
  refund: [
    each(debit('seller:{seller}:pending', 'amount')),
    credit('provider:{provider}', 'total'),
    each(credit('seller:{seller}:collected', 'collected')),
  ],
  /** What is delivered is earned: less commission and its tax, and what is owed is paid back first. */
  earning: [
    each(debit('seller:{seller}:pending', 'gross')),
    each({
      ...credit('seller:{seller}:available', 'net'),
      first: 'seller:{seller}:owing',
    }),
    credit('platform:fees', 'commission'),
    each(credit('tax:{jurisdiction}', 'tax')),
  ],
  /** What a seller earned of a split charge and has: it is never paid out. */
  settled_at_seller: [
    each({
      ...debit('seller:{seller}:available', 'amount'),
      orElse: 'seller:{seller}:owing',
    }),
    each(credit('seller:{seller}:collected', 'amount')),
  ],
  /**
   * A refund of which some seller has earned its part: what that one no longer has, it owes. Of a split
   * charge the provider took its part from the seller: only what it took too much or too little is ours.
   */
  refund_after_earning: [
    each(debit('seller:{seller}:pending', 'pending')),
    each({
      ...debit('seller:{seller}:available', 'net'),
      orElse: 'seller:{seller}:owing',
    }),
    debit('platform:fees', 'commission'),
    each(debit('tax:{jurisdiction}', 'tax')),
    each(debit('seller:{seller}:collected', 'taken')),
    credit('provider:{provider}', 'total'),
    each(credit('seller:{seller}:collected', 'collected')),
    each({
      ...credit('seller:{seller}:available', 'more'),
      first: 'seller:{seller}:owing',
    }),
  ],

  /** One hold a part of the contract; what ends it takes all of it, and first pays back what is owed. */
  escrow_funding: [debit('provider:{provider}', 'total'), each(credit('escrow:{hold}', 'amount'))],
  escrow_release: [
    debit('escrow:{hold}', 'held'),
    credit('seller:{seller}:owing', 'repaid'),
    credit('seller:{seller}:available', 'available'),
    credit('platform:fees', 'commission'),
    credit('tax:{jurisdiction}', 'tax'),
  ],
  escrow_refund: [debit('escrow:{hold}', 'held'), credit('buyer:{buyer}', 'refund')],
  escrow_split: [
    debit('escrow:{hold}', 'held'),
    credit('seller:{seller}:owing', 'repaid'),
    credit('seller:{seller}:available', 'available'),
    credit('platform:fees', 'commission'),
    credit('tax:{jurisdiction}', 'tax'),
    credit('buyer:{buyer}', 'refund'),
  ],
  /** The provider has sent back what waited for the buyer. */
  escrow_refund_sent: [debit('buyer:{buyer}', 'total'), credit('provider:{provider}', 'total')],

  payout: [
    debit('seller:{seller}:available', 'total'),
    credit('seller:{seller}:owing', 'owed'),
    credit('payouts:in_transit', 'amount'),
  ],
  payout_paid: [debit('payouts:in_transit', 'amount'), credit('provider:{provider}', 'amount')],
  payout_returned: [debit('{source}', 'amount'), credit('seller:{seller}:available', 'amount')],

  /** Paid twice, too much, or after the end: the buyer's money until it has gone back. */
  surplus: [
    debit('provider:{provider}', 'total'),
    each(debit('seller:{seller}:collected', 'collected')),
    credit('buyer:{buyer}', 'amount'),
  ],
  surplus_refund: [
    debit('buyer:{buyer}', 'amount'),
    credit('provider:{provider}', 'total'),
    each(credit('seller:{seller}:collected', 'collected')),
  ],
  /** What a provider keeps of a charge. */
  provider_fee: [debit('platform:provider_fees', 'total'), credit('provider:{provider}', 'total')],
  /** What a person moved by hand from a provider's account to the operator's bank, and what did not arrive. */
  withdrawal: [debit('provider:{bank}', 'amount'), credit('provider:{provider}', 'amount')],
  withdrawal_returned: [
    debit('provider:{provider}', 'amount'),
    credit('provider:{bank}', 'amount'),
  ],
  /** Disputed money is frozen: what is not there any more is owed. */
  chargeback: [
    each(debit('seller:{seller}:pending', 'pending')),
    each(debit('seller:{seller}:available', 'available')),
    each(debit('seller:{seller}:owing', 'owing')),
    each(debit('seller:{seller}:collected', 'collected')),
    each(credit('seller:{seller}:disputed', 'amount')),
  ],
  chargeback_won: [
    each(debit('seller:{seller}:disputed', 'amount')),
    each(credit('seller:{seller}:owing', 'owing')),
    each(credit('seller:{seller}:available', 'available')),
    each(credit('seller:{seller}:pending', 'pending')),
    each(credit('seller:{seller}:collected', 'collected')),
  ],
  chargeback_lost: [
    each(debit('seller:{seller}:disputed', 'amount')),
    each(debit('escrow:{hold}', 'held')),
    debit('platform:losses', 'loss'),
    debit('platform:fees', 'commission'),
    each(debit('tax:{jurisdiction}', 'tax')),
    credit('provider:{provider}', 'total'),
    each(credit('seller:{seller}:collected', 'collected')),
  ],
  /** A correction by hand: what a person says should stand elsewhere. */
  adjustment: [debit('{from}', 'amount'), credit('{to}', 'amount')],
  /** Takes back what another entry booked; made by `reverse`, which knows its lines. */
  reversal: [],
} as const satisfies Readonly<Record<string, readonly TemplateLine[]>>;

export type PostingKind = keyof typeof postingTemplates;

/** What fills a template: names of accounts and amounts in minor units. */
export type PostingFacts = Readonly<{
  currency: string;
  names?: Readonly<Record<string, string>>;
  amounts?: Readonly<Record<string, bigint>>;
  parts?: readonly Readonly<{
    names: Readonly<Record<string, string>>;
    amounts: Readonly<Record<string, bigint>>;
  }>[];
}>;

const fill = (pattern: string, names: Readonly<Record<string, string>>): string =>
  pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = names[name];
    assert(value !== undefined, `${pattern} needs ${name}`);
    return value;
  });

/** Fills the template of `kind`. Throws when a name or an amount is missing, is negative, or when it does not balance. */
export const post = (
  kind: PostingKind,
  head: Readonly<{ id: string; causeId: string; about: PostingSubject }>,
  { currency, names = {}, amounts = {}, parts = [] }: PostingFacts,
): JournalEntry => {
  const lineOf = (
    { side, account, amount, orElse, first }: TemplateLine,
    of: Readonly<{
      names: Readonly<Record<string, string>>;
      amounts: Readonly<Record<string, bigint>>;
    }>,
  ): PostingLine => {
    const amountMinor = of.amounts[amount];
    assert(amountMinor !== undefined && amountMinor >= 0n, `${kind} needs an amount of ${amount}`);
    return {
      account: fill(account, of.names),
      currency,
      side,
      amountMinor,
      ...(orElse === undefined ? {} : { orElse: fill(orElse, of.names) }),
      ...(first === undefined ? {} : { first: fill(first, of.names) }),
    };
  };
  const template: readonly TemplateLine[] = postingTemplates[kind];
  const lines = template
    .flatMap((line) =>
      line.isEach
        ? parts.map((part) => lineOf(line, { ...part, names: { ...names, ...part.names } }))
        : [lineOf(line, { names, amounts })],
    )
    .filter((line) => line.amountMinor > 0n);
  const sum = lines.reduce((n, l) => n + (l.side === 'debit' ? l.amountMinor : -l.amountMinor), 0n);
  assert.equal(sum, 0n, `${kind} of ${head.causeId} does not balance`);
  return { id: head.id, causeType: kind, causeId: head.causeId, about: head.about, lines };
};

/**
 * Takes back an entry: its lines with sides changed. With `parts`, one amount a line, only as much;
 * several reversals of an entry never take back more than it booked, which the database sees to.
 */
export const reverse = (
  original: Pick<JournalEntry, 'id' | 'about' | 'lines'>,
  head: Readonly<{ id: string; causeId: string }>,
  parts: readonly bigint[] = original.lines.map((line) => line.amountMinor),
): JournalEntry => {
  assert.equal(parts.length, original.lines.length, 'one amount a line');
  const lines = original.lines.flatMap((line, i): readonly PostingLine[] => {
    const amountMinor = parts[i]!;
    assert(amountMinor >= 0n && amountMinor <= line.amountMinor, 'not more than was booked');
    const side = line.side === 'debit' ? 'credit' : 'debit';
    return amountMinor === 0n ? [] : [{ ...line, side, amountMinor }];
  });
  const sums = new Map<string, bigint>();
  for (const { currency, side, amountMinor } of lines)
    sums.set(
      currency,
      (sums.get(currency) ?? 0n) + (side === 'debit' ? amountMinor : -amountMinor),
    );
  assert(
    [...sums.values()].every((sum) => sum === 0n),
    `the reversal of ${original.id} does not balance`,
  );
  return { ...head, causeType: 'reversal', about: original.about, reverses: original.id, lines };
};
