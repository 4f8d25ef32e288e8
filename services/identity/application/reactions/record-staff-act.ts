import { staffActedV1 as inCatalog } from '#contracts/catalog/staff-acted.v1.ts';
import { staffActedV1 as inIdentity } from '#contracts/identity/staff-acted.v1.ts';
import { staffActedV1 as inOrders } from '#contracts/orders/staff-acted.v1.ts';
import { staffActedV1 as inPayments } from '#contracts/payments/staff-acted.v1.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import type { RecordedAct } from '../audit.ts';

const contexts = {
  identity: inIdentity,
  catalog: inCatalog,
  orders: inOrders,
  payments: inPayments,
} as const;

/** Brings what staff did in any context into the one audit log. A message that comes twice is there once. */
export const recordStaffActs = (record: (act: RecordedAct) => Promise<void>): readonly Reaction[] =>
  Object.entries(contexts).map(([context, contract]) =>
    reaction(`record-staff-act-in-${context}`, contract, ({ id, data }) =>
      record({ id, context, act: data }),
    ),
  );
