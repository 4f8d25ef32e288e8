import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/** Somebody goes by another name, telephone or language; whole, so the newest version counts. */
export const profileUpdatedV1 = Type.Object(
  {
    accountId: id,
    fullName: Type.Union([Type.String(), Type.Null()]),
    phoneNumber: Type.Union([Type.String(), Type.Null()]),
    language: Type.Union([Type.Literal('es'), Type.Literal('en')]),
    updatedAt: instant,
  },
  { $id: 'users.profile-updated.v1' },
);
export type ProfileUpdatedV1 = Static<typeof profileUpdatedV1>;
