import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/** Somebody asks for everything that is held of them: each context writes its part. */
export const exportRequestedV1 = Type.Object(
  {
    exportId: id,
    accountId: id,
    requestedAt: instant,
  },
  { $id: 'users.export-requested.v1' },
);
export type ExportRequestedV1 = Static<typeof exportRequestedV1>;
