import type { FastifyPluginAsync } from 'fastify';
import { brandColours, type ActionColours } from '#shared/kernel/brand-colours.ts';

const hexOf = /^[0-9a-f]{6}$/;

const variables = ({ primary, fill, hover, soft, onPrimary }: ActionColours): string =>
  `--primary:${primary};--primary-fill:${fill};--primary-hover:${hover};--primary-soft:${soft};--on-primary:${onPrimary}`;

/** The palette's own rules once more, so that what comes later of the same weight counts. */
export const brandStyle = (colour: string): string => {
  const { light, dark } = brandColours(colour);
  return `:root{${variables(light)};--mark:${light.fill}}
@media (prefers-color-scheme:dark){:root:not([data-theme='light']){${variables(dark)}}}
:root[data-theme='dark']{${variables(dark)}}
`;
};

/** Where the style sheet of a colour is; undefined: the shop has none of its own. */
export const brandStylePath = (colour: string | null): string | undefined =>
  colour === null ? undefined : `/web/brand/${colour.slice(1)}.css`;

/** The address says all that the style sheet does, so it is kept for ever. */
export const brandRoutes: FastifyPluginAsync = async (app) => {
  app.get<{ Params: { name: string } }>(
    '/web/brand/:name',
    { config: { access: 'public' }, schema: { hide: true, querystring: {} } },
    (request, reply) => {
      const [, hex] = /^(.*)\.css$/.exec(request.params.name) ?? [];
      if (hex === undefined || !hexOf.test(hex)) return reply.callNotFound();
      return reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('cross-origin-resource-policy', 'same-origin')
        .type('text/css; charset=utf-8')
        .send(brandStyle(`#${hex}`));
    },
  );
};
