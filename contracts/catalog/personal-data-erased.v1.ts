import { Type, type Static } from 'typebox';
import { erasedData } from '../common.ts';

/** Nothing personal of the account is left in catalog; its books keep the id. */
export const personalDataErasedV1 = Type.Object(erasedData, {
  $id: 'catalog.personal-data-erased.v1',
});
export type PersonalDataErasedV1 = Static<typeof personalDataErasedV1>;
