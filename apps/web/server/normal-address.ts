import type { FastifyInstance } from 'fastify';

/** What comes before an id, in either language; after `-` or alone, ids tell cases apart. */
const beforeIds = /^(?:p|vendedor|seller|pedido|order|pagar|checkout)$/;
/** The number of an order and its code are as they are printed. */
const beforeCodes = /^(?:comprobante|receipt)$/;
const signIn = /^(?:entrar|registro|recuperar|restablecer|verificar)$/;

/** Bytes that are written as `%C3` stay as they are. */
const lower = (text: string): string =>
  text.replaceAll(/%[0-9A-Fa-f]{2}|[A-Z]/g, (part) =>
    part.startsWith('%') ? part : part.toLowerCase(),
  );

const lowerBeforeId = (segment: string): string => {
  const slug = /^(?<slug>.*-)?[0-9A-Za-z]{22}$/.exec(segment)?.groups?.['slug'];
  if (slug !== undefined) return lower(slug) + segment.slice(slug.length);
  return segment.length === 22 ? segment : lower(segment);
};

/**
 * The one form of a public address: no slash at its end, and lower case but for what tells cases apart.
 * Undefined: it has that form, or is no address of ours.
 */
export const normalAddress = (url: string): string | undefined => {
  const mark = url.indexOf('?');
  const path = mark === -1 ? url : url.slice(0, mark);
  const [, first = '', ...others] = path.replace(/\/+$/, '').split('/');
  const area = first.toLowerCase();
  const isStore = area === 'es' || area === 'en';
  if (!isStore && !signIn.test(area)) return undefined;
  const word = lower(others[0] ?? '');
  const rest = others.map((segment, i) => {
    if (!isStore) return segment;
    if (i === 0) return word;
    if (beforeCodes.test(word)) return segment;
    return beforeIds.test(word) ? lowerBeforeId(segment) : lower(segment);
  });
  const normal = ['', area, ...rest].join('/');
  return normal === path ? undefined : normal + (mark === -1 ? '' : url.slice(mark));
};

/** Sends who asks for a page by another form of its address to the one that links and searches know. */
export const sendToNormalAddresses = (scope: FastifyInstance): void => {
  scope.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return;
    const normal = normalAddress(request.url);
    if (normal !== undefined) return reply.redirect(normal, 301);
  });
};
