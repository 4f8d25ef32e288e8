import { Type } from 'typebox';

export const id = Type.String({ format: 'uuid' });
export const instant = Type.String({ format: 'date-time' });

/** Minor units as digits, since JSON has no bigint: COP 48,900.00 is `4890000`. */
export const money = Type.Object({
  amountMinor: Type.String({ pattern: '^-?\\d{1,19}$' }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
});

export const quantity = Type.Integer({ minimum: 1 });
