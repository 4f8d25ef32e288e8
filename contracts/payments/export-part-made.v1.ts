import { Type, type Static } from 'typebox';
import { exportPart } from '../common.ts';

/** The part of payments in a data export is there to be fetched. */
export const exportPartMadeV1 = Type.Object(exportPart, { $id: 'payments.export-part-made.v1' });
export type ExportPartMadeV1 = Static<typeof exportPartMadeV1>;
