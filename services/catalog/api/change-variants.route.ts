import { Type } from 'typebox';
import { idParams, strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { ChangeVariants } from '../application/commands/change-variants.ts';
import type { ShowProduct } from '../application/queries/show-product.ts';
import { answerManaged } from './change-product.route.ts';
import { toVariant, toVariantChanges } from './product-inputs.ts';
import { product, quantity, variantInput, variantParams } from './product-schemas.ts';
import { causeOf, managers, preconditionOf } from './requests.ts';

const add = {
  operationId: 'addVariant',
  tags: ['catalog'],
  summary: 'Add a variant to a product',
  params: idParams,
  body: strict({ ...variantInput, stock: Type.Optional(quantity) }),
  response: { 201: product },
};
const put = {
  operationId: 'replaceVariant',
  tags: ['catalog'],
  summary: 'Replace a variant; its SKU stays unless a new one is given',
  description: "Needs If-Match with the product's tag.",
  params: variantParams,
  body: strict(variantInput),
  response: { 200: product },
};
const patch = {
  ...put,
  operationId: 'changeVariant',
  summary: 'Change some of a variant',
  body: strict({ ...variantInput, price: Type.Optional(variantInput.price) }),
};
const remove = {
  operationId: 'removeVariant',
  tags: ['catalog'],
  summary: 'Remove a variant that no order waits for',
  description: "Needs If-Match with the product's tag.",
  params: variantParams,
  response: { 200: product },
};

/** What PUT means by silence. */
const blank = { options: {}, compareAtMinor: null, weightGrams: 0, barcode: null, imageId: null };

const named = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;

export const changeVariantsRoute =
  (
    ports: Readonly<{
      changeVariants: ChangeVariants;
      showProduct: ShowProduct;
      clock: Clock;
      currency: string;
    }>,
  ): Routes =>
  async (app) => {
    const { changeVariants, showProduct, clock, currency } = ports;
    const config = { access: managers, scope: 'products:write' } as const;
    app.post('/products/:id/variants', { config, schema: add }, async (request, reply) => {
      const { id: productId } = request.params;
      const { stock, ...input } = toVariant(request.body, currency);
      await changeVariants.add({ productId, input, stock }, causeOf(request, clock));
      return answerManaged(showProduct, productId, request, reply.code(201));
    });
    for (const [method, schema, silence] of [
      ['put', put, blank],
      ['patch', patch, {}],
    ] as const)
      app[method](
        '/products/:id/variants/:variant_id',
        { config, schema },
        async (request, reply) => {
          const { id: productId, variant_id: variantId } = request.params;
          const changes = { ...silence, ...named(toVariantChanges(request.body, currency)) };
          const precondition = preconditionOf(request);
          await changeVariants.change(
            { productId, variantId, precondition, changes },
            causeOf(request, clock),
          );
          return answerManaged(showProduct, productId, request, reply);
        },
      );
    app.delete(
      '/products/:id/variants/:variant_id',
      { config, schema: remove },
      async (request, reply) => {
        const { id: productId, variant_id: variantId } = request.params;
        const precondition = preconditionOf(request);
        await changeVariants.remove(
          { productId, variantId, precondition },
          causeOf(request, clock),
        );
        return answerManaged(showProduct, productId, request, reply);
      },
    );
  };
