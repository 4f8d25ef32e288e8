import { setImmediate } from 'node:timers/promises';
import type { ParcelPrint, PrintParcels } from '../application/parcel-sheet.ts';
import { openPaper, type Paper } from './paper.ts';
import { drawLabel, labelMargin, labelSize } from './shipping-label.ts';
import { drawPackingSlip, slipFootHeight, slipMargin } from './packing-slip.ts';

const openFor = (
  { paper, language, title, shopName: author }: ParcelPrint,
  madeAt: Date,
): ReturnType<typeof openPaper> =>
  openPaper({
    ...(paper === 'packing_slip'
      ? { size: 'A4', margin: slipMargin, footHeight: slipFootHeight }
      : { size: [...labelSize], margin: labelMargin, footHeight: 0 }),
    language,
    title,
    author,
    madeAt,
  });

/** Each parcel begins a page; one that needs several has its own count of them. */
export const printParcels: PrintParcels = async (print, madeAt) => {
  const paper = await openFor(print, madeAt);
  const { document, root, cursor } = paper;
  for (const [i, sheet] of print.sheets.entries()) {
    if (i > 0) cursor.newPage();
    const section = document.struct('Sect');
    root.add(section);
    const part: Paper = { ...paper, root: section };
    if (print.paper === 'packing_slip') await drawPackingSlip(part, sheet, print.shopName);
    else await drawLabel(part, sheet);
    // Many papers let others have their turn.
    await setImmediate();
  }
  return paper.end();
};
