import type { Pool } from 'pg';
import type { Stock } from '../application/ports.ts';
import { catalogError } from '../domain/errors.ts';
import { causeSql, causeValues, type OnOwnChange, type Touched } from './sql-cause.ts';

type Row = Readonly<{
  outcome: 'done' | 'no_product' | 'no_variant' | 'which_variant' | 'not_enough' | 'too_much';
  variant_id: string;
  on_hand: number;
  reserved: number;
  touched: readonly Touched[];
}>;

const adjustSql = `select adjust_stock($1, $2, $3, $4, $5, ${causeSql(6)}) as answer`;

export const createPgStock = (
  options: Readonly<{ pool: Pool; onChange: OnOwnChange; wakeOutbox: () => void }>,
): Stock => ({
  async adjust(
    { operationId, productId, variantId, difference, kind },
    { actor, trace, now, reason },
  ) {
    const owner = actor.isAdmin ? null : actor.id;
    const { rows } = await options.pool.query<{ answer: Row }>({
      name: 'adjust-stock',
      text: adjustSql,
      values: [
        productId,
        variantId ?? null,
        owner,
        difference,
        operationId,
        ...causeValues({ kind, reason, actorId: actor.id, at: now, trace }),
      ],
    });
    const { answer } = rows[0]!;
    switch (answer.outcome) {
      case 'no_product':
        throw catalogError('product_not_found');
      case 'no_variant':
        throw catalogError('variant_not_found');
      case 'which_variant':
        throw catalogError('variant_needed', {
          errors: [{ pointer: '#/variant_id', code: 'required', detail: 'say which variant' }],
        });
      case 'too_much':
        throw catalogError('stock_too_large');
      case 'not_enough':
        throw catalogError('not_enough_stock', {
          extra: { available: answer.on_hand - answer.reserved },
        });
      case 'done':
        options.wakeOutbox();
        await options.onChange(answer.touched);
        return {
          variantId: answer.variant_id,
          onHand: answer.on_hand,
          reserved: answer.reserved,
        };
    }
  },
});
