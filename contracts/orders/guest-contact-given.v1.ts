import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/**
 * A guest has paid, so the address that they gave may be written to about this order. Nobody has proven
 * it. `accountId` is the guest's own id, under which they bought: the person is taken out of the message
 * by it, as out of those of accounts.
 */
export const guestContactGivenV1 = Type.Object(
  {
    orderId: id,
    accountId: id,
    email: Type.String(),
    fullName: Type.Union([Type.String(), Type.Null()]),
    language: Type.Union([Type.Literal('es'), Type.Literal('en')]),
    givenAt: instant,
  },
  { $id: 'orders.guest-contact-given.v1' },
);
export type GuestContactGivenV1 = Static<typeof guestContactGivenV1>;
