import { exportPartMadeV1 as identityPart } from './identity/export-part-made.v1.ts';
import { personalDataErasedV1 as identityErased } from './identity/personal-data-erased.v1.ts';
import { exportPartMadeV1 as usersPart } from './users/export-part-made.v1.ts';
import { personalDataErasedV1 as usersErased } from './users/personal-data-erased.v1.ts';
import { exportPartMadeV1 as catalogPart } from './catalog/export-part-made.v1.ts';
import { personalDataErasedV1 as catalogErased } from './catalog/personal-data-erased.v1.ts';
import { exportPartMadeV1 as ordersPart } from './orders/export-part-made.v1.ts';
import { personalDataErasedV1 as ordersErased } from './orders/personal-data-erased.v1.ts';
import { exportPartMadeV1 as paymentsPart } from './payments/export-part-made.v1.ts';
import { personalDataErasedV1 as paymentsErased } from './payments/personal-data-erased.v1.ts';
import { exportPartMadeV1 as notificationsPart } from './notifications/export-part-made.v1.ts';
import { personalDataErasedV1 as notificationsErased } from './notifications/personal-data-erased.v1.ts';
import { accountErasedV1 } from './identity/account-erased.v1.ts';
import { exportRequestedV1 } from './users/export-requested.v1.ts';

/** What every context that holds personal data answers: with its part of an export, by forgetting. */
export const personalDataContracts = {
  exportRequested: exportRequestedV1,
  accountErased: accountErasedV1,
} as const;

/** The answers, by context: whose part an export waits for. A test holds it equal to the contexts. */
export const exportParts = {
  identity: identityPart,
  users: usersPart,
  catalog: catalogPart,
  orders: ordersPart,
  payments: paymentsPart,
  notifications: notificationsPart,
} as const;

/** By whom an erasure has to be confirmed. */
export const erasureConfirmations = {
  identity: identityErased,
  users: usersErased,
  catalog: catalogErased,
  orders: ordersErased,
  payments: paymentsErased,
  notifications: notificationsErased,
} as const;
