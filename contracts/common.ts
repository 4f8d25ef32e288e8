import { Type } from 'typebox';

export const id = Type.String({ format: 'uuid' });
export const instant = Type.String({ format: 'date-time' });

/** Minor units as digits, since JSON has no bigint: COP 48,900.00 is `4890000`. */
export const money = Type.Object({
  amountMinor: Type.String({ pattern: '^-?\\d{1,19}$' }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
});

/**
 * The tax that is in a price, frozen when the order was placed: `net` and `tax` add up to what the
 * buyer pays. The rate is in hundredths of a per cent, `code` the operator's name of it.
 */
export const includedTax = Type.Object({
  net: money,
  tax: money,
  rateBasisPoints: Type.Integer({ minimum: 0, maximum: 10_000 }),
  code: Type.String(),
  jurisdiction: Type.String(),
});

/** What an order holds at one rate; over all rates they add up to the lines that have a tax. */
export const taxTotal = Type.Object({
  code: Type.String(),
  jurisdiction: Type.String(),
  rateBasisPoints: Type.Integer({ minimum: 0, maximum: 10_000 }),
  net: money,
  tax: money,
  gross: money,
});

export const quantity = Type.Integer({ minimum: 1 });

/**
 * A context has put what it holds of an account into files: `manifest` names the file that lists them
 * all, since they may be many. The same for every context.
 */
export const exportPart = {
  exportId: id,
  accountId: id,
  manifest: Type.String({ pattern: '^[a-z0-9.-]{1,150}$' }),
  fileCount: Type.Integer({ minimum: 0 }),
  madeAt: instant,
} as const;

/** A context holds nothing personal of an account any more. The same for every context. */
export const erasedData = { erasureId: id, accountId: id, erasedAt: instant } as const;
