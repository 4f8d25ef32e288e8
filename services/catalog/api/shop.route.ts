import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { httpError } from '#shared/http/errors.ts';
import { versionOf } from '#shared/http/if-match.ts';
import { requirePrincipal } from '#shared/http/principal.ts';
import { instant, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { Clock } from '#shared/platform/module.ts';
import { shopNameMax } from '#shared/kernel/shop-name.ts';
import { placeOfCountry, shopCountries } from '#shared/kernel/shop-places.ts';
import {
  coloursOf,
  type BeginShop,
  type ChangeShop,
  type Shop,
  type Shops,
} from '../application/commands/change-shop.ts';
import { administrators } from './requests.ts';

const tags = ['catalog'];
const colour = Type.String({ pattern: '^#[0-9A-Fa-f]{6}$', examples: ['#0b5f69'] });
const identity = {
  name: Type.Union([Type.String({ minLength: 1, maxLength: shopNameMax }), Type.Null()], {
    description: 'null: Plaza',
  }),
  country: Type.Union([Type.String({ pattern: '^[A-Z]{2}$', examples: ['CO'] }), Type.Null()], {
    description: 'ISO 3166-1, as GET /shop/countries lists them; null: that of the currency',
  }),
} as const;
const terms = {
  ...identity,
  brand_colour: Type.Union([colour, Type.Null()], {
    description: 'null: the colours that Plaza comes with',
  }),
  return_days: Type.Integer({
    minimum: 0,
    maximum: 365,
    description: 'for how long after its arrival a product is taken back; 0: not at all',
  }),
} as const;
const shown = Type.Object({
  ...terms,
  version: Type.Integer({ description: 'for If-Match' }),
  changed_at: Type.Union([instant, Type.Null()]),
});
const changed = Type.Object({ ...shown.properties, changed_by: Type.Union([uuid, Type.Null()]) });
const places = Type.Object({
  items: Type.Array(
    Type.Object({
      country: Type.String({ examples: ['CO'] }),
      currency: Type.String({ examples: ['COP'] }),
      time_zone: Type.String({ examples: ['America/Bogota'] }),
      tax: Type.String({ description: 'what its tax on sales is called', examples: ['IVA'] }),
    }),
  ),
});
const action = Type.Object({
  primary: colour,
  fill: colour,
  hover: colour,
  soft: colour,
  on_primary: colour,
});
const palette = Type.Object({
  light: action,
  dark: action,
  is_adjusted: Type.Boolean({ description: 'it could not be read in the light theme as it is' }),
});

const toJson = (shop: Shop) => ({
  name: shop.name,
  country: shop.country,
  brand_colour: shop.brandColour,
  return_days: shop.returnDays,
  version: shop.version,
  changed_at: shop.changedAt?.toISOString() ?? null,
});

type Colours = ReturnType<typeof coloursOf>['light'];
const toAction = ({ onPrimary, ...rest }: Colours) => ({ ...rest, on_primary: onPrimary });

/** What the owner says of the shop as a whole; pages and mails are painted by it. */
export const shopRoutes =
  (
    ports: Readonly<{ shops: Shops; changeShop: ChangeShop; beginShop: BeginShop; clock: Clock }>,
  ): Routes =>
  async (app) => {
    const tag = (reply: FastifyReply, { version }: Shop): FastifyReply =>
      reply.header('etag', `"${version}"`).header('cache-control', 'no-cache');
    app.get(
      '/shop',
      {
        config: { access: 'public' },
        schema: {
          operationId: 'getShop',
          summary:
            'What the shop is called, where it is, its colour, how long products are taken back',
          tags,
          response: { 200: shown },
        },
      },
      async (_request, reply) => {
        const shop = await ports.shops.read();
        return tag(reply, shop).send(toJson(shop));
      },
    );
    app.get(
      '/shop/colours',
      {
        config: { access: 'public' },
        schema: {
          operationId: 'getShopColours',
          summary: 'What a colour becomes in both themes, so that it can be read',
          tags,
          querystring: strict({ brand_colour: colour }),
          response: { 200: palette },
        },
      },
      async (request, reply) => {
        const { light, dark, isAdjusted } = coloursOf(request.query.brand_colour);
        return reply.header('cache-control', 'public, max-age=86400').send({
          light: toAction(light),
          dark: toAction(dark),
          is_adjusted: isAdjusted,
        });
      },
    );
    app.get(
      '/shop/countries',
      {
        config: { access: 'public' },
        schema: {
          operationId: 'listShopCountries',
          summary: 'The countries that a shop can be of, and what follows from each',
          tags,
          response: { 200: places },
        },
      },
      async (_request, reply) => {
        const items = shopCountries.map((country) => {
          const { timeZone, ...rest } = placeOfCountry(country)!;
          return { ...rest, time_zone: timeZone };
        });
        return reply.header('cache-control', 'public, max-age=3600').send({ items });
      },
    );
    app.post(
      '/shop/beginning',
      {
        config: { access: 'service' },
        schema: {
          operationId: 'beginShop',
          summary: 'What the shop is called and where it is, before it has an owner',
          tags,
          body: strict(identity),
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        await ports.beginShop(request.body);
        return reply.code(204).send(null);
      },
    );
    app.put(
      '/shop',
      {
        config: { access: administrators },
        schema: {
          operationId: 'changeShop',
          summary: 'Changes what is said of the shop as a whole',
          description: 'Needs If-Match with its version.',
          tags,
          body: strict(terms),
          response: { 200: changed },
        },
      },
      async (request, reply) => {
        const { name, country, brand_colour: brandColour, return_days: returnDays } = request.body;
        const by = { id: requirePrincipal(request).id, now: ports.clock() };
        const said = { name, country, brandColour, returnDays };
        const shop = await ports.changeShop(versionOf(request), said, by);
        if (!shop) throw httpError('stale');
        return tag(reply, shop).send({ ...toJson(shop), changed_by: shop.changedBy });
      },
    );
  };
