import { erasureRefusedV1 } from '#contracts/identity/erasure-refused.v1.ts';
import { erasureConfirmations, exportParts } from '#contracts/personal-data.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import type { Erasures, Exports } from '../ports.ts';

/** Whose part an export waits for, and by whom an erasure has to be confirmed. */
export const contextsWithData: readonly string[] = Object.keys(exportParts);

/** The parts of exports as contexts bring them. */
export const collectParts = (exports: Exports): readonly Reaction[] =>
  Object.entries(exportParts).map(([context, contract]) => {
    const consumer = `collect-part-of-${context}`;
    return reaction(consumer, contract, async (message) => {
      const { exportId, manifest, fileCount, madeAt } = message.data;
      const part = { exportId, context, manifest, fileCount, madeAt };
      const isWanted = await exports.collect(part, contextsWithData, deliveryOf(consumer, message));
      // Too late, or its owner was forgotten: nobody would ever delete its files.
      if (!isWanted) await exports.discard(manifest);
    });
  });

/** How far erasures are, as contexts say that they have forgotten. */
export const followErasures = (erasures: Erasures): readonly Reaction[] => [
  ...Object.entries(erasureConfirmations).map(([context, contract]) => {
    const consumer = `confirm-erasure-of-${context}`;
    return reaction(consumer, contract, async (message) => {
      const { erasureId, erasedAt: at } = message.data;
      await erasures.confirm(
        { erasureId, context, at },
        contextsWithData,
        deliveryOf(consumer, message),
      );
    });
  }),
  reaction('record-refusal-when-erasure-refused', erasureRefusedV1, async (message) => {
    await erasures.refuse(message.data.erasureId, message.data.reason);
  }),
];
