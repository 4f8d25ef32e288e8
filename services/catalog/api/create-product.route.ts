import { Type } from 'typebox';
import { answerOnce } from '#shared/http/idempotency.ts';
import { strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { Clock, Platform } from '#shared/platform/module.ts';
import type { CreateProductHandler } from '../application/commands/create-product.ts';
import type { ShowProduct } from '../application/queries/show-product.ts';
import { toVariant, toWholeDetails } from './product-inputs.ts';
import { detailsInput, product, quantity, slug, variantInput } from './product-schemas.ts';
import { actorOf, causeOf, managers } from './requests.ts';

const { options: _options, ...ofOnlyVariant } = variantInput;

const body = strict(
  {
    ...detailsInput,
    slug: Type.Optional(slug),
    seller_id: Type.Optional(uuid),
    status: Type.Optional(Type.String({ enum: ['draft', 'active'], default: 'draft' })),
    options: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 255 }), {
        maxItems: 3,
        description: 'names of what a buyer chooses; the values come with the variants',
      }),
    ),
    variants: Type.Optional(
      Type.Array(strict({ ...variantInput, stock: Type.Optional(quantity) }), {
        minItems: 1,
        maxItems: 250,
      }),
    ),
    ...ofOnlyVariant,
    price: Type.Optional(variantInput.price),
    stock: Type.Optional(quantity),
  },
  {
    description: 'Either `variants`, or `price` and what else is known of the only variant.',
    anyOf: [{ required: ['variants'] }, { required: ['price'] }],
  },
);

const schema = {
  operationId: 'createProduct',
  tags: ['catalog'],
  summary: 'Add a product, as a draft unless it says active',
  body,
  response: { 201: product },
};

export const createProductRoute =
  (
    ports: Readonly<{
      createProduct: CreateProductHandler;
      showProduct: ShowProduct;
      /** Where repetitions of an `Idempotency-Key` are remembered. */
      pool: Platform['pool'];
      clock: Clock;
      currency: string;
    }>,
  ): Routes =>
  async (app) => {
    const { currency, pool, clock } = ports;
    app.post(
      '/products',
      { config: { access: managers, scope: 'products:write' }, schema },
      async (request, reply) =>
        answerOnce(pool, request, reply, {}, async ({ id, isResumed }) => {
          const { price, variants } = request.body;
          const inputs =
            variants?.map((variant, i) => toVariant(variant, currency, `/variants/${i}`)) ??
            (price === undefined
              ? []
              : [toVariant({ ...request.body, price, options: {} }, currency)]);
          await ports.createProduct(
            {
              id,
              isResumed,
              sellerId: request.body.seller_id,
              slug: request.body.slug,
              status: request.body.status === 'active' ? 'active' : 'draft',
              details: toWholeDetails(request.body),
              options: request.body.options ?? Object.keys(variants?.[0]?.options ?? {}),
              variants: inputs,
            },
            causeOf(request, clock),
          );
          const { body: created, etag } = await ports.showProduct.toManager(id, actorOf(request));
          const location = `/api/v1/products/${id}`;
          return { status: 201, body: JSON.stringify(created), headers: { location, etag } };
        }),
    );
  };
