import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiFault } from './api-fault.ts';
import type { Parts } from './api-routes.ts';
import type { Announcement } from './notices.ts';
import { approved, readOutcome } from './outcomes.ts';
import { booksPage, checkoutPage, choosePageLanguage, consentPage, type View } from './pages.ts';
import type { Payment, Preference } from './records.ts';
import type { Pay } from './simulator.ts';

type Fields = Readonly<Record<string, string | undefined>>;
const queryOf = (request: FastifyRequest): Fields => request.query as Fields;
const fieldsOf = (request: FastifyRequest): Fields => (request.body ?? {}) as Fields;

const viewOf = (request: FastifyRequest): View => {
  const [path = '/', query = ''] = request.url.split('?', 2);
  const kept = new URLSearchParams(query);
  kept.delete('lang');
  const rest = kept.toString();
  const language = choosePageLanguage(queryOf(request)['lang'], request.headers['accept-language']);
  return { language, path: rest === '' ? path : `${path}?${rest}` };
};

/** A link of somebody else's making: only one that leads to a page. */
const webUrl = (text: string | undefined): URL | null => {
  const url = text === undefined ? null : URL.parse(text);
  return url && (url.protocol === 'http:' || url.protocol === 'https:') ? url : null;
};

/** The address of the shop that fits the outcome, with what Mercado Pago tells it. */
const backUrlOf = (preference: Preference, payment: Payment, siteId: string): string | null => {
  const { success, pending, failure } = preference.backUrls;
  const isFailure = payment.status === 'rejected' || payment.status === 'cancelled';
  const url = webUrl(payment.status === 'approved' ? success : isFailure ? failure : pending);
  if (!url) return null;
  const told = {
    collection_id: payment.id,
    collection_status: payment.status,
    payment_id: payment.id,
    status: payment.status,
    external_reference: preference.externalReference ?? 'null',
    payment_type: 'credit_card',
    merchant_order_id: preference.merchantOrderId,
    preference_id: preference.id,
    site_id: siteId,
    processing_mode: 'aggregator',
    merchant_account_id: 'null',
  };
  for (const [name, value] of Object.entries(told)) url.searchParams.set(name, value);
  return url.href;
};

/** The pages for people: paying, the books, and a seller's consent. */
export const addPageRoutes = (
  app: FastifyInstance,
  parts: Parts & Readonly<{ pay: Pay; style: string; siteId: string }>,
): void => {
  const { books, desk, sellers, notices, pay, style, currency, siteId } = parts;

  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 16_384 },
    (_request, text, done) => done(null, Object.fromEntries(new URLSearchParams(String(text)))),
  );
  const show = (reply: FastifyReply, page: string): FastifyReply =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'self'; img-src data:")
      .header('referrer-policy', 'same-origin')
      .header('cache-control', 'no-store')
      .send(page);
  const preferenceOf = (request: FastifyRequest): Preference => {
    const preference = books.find('preference', (request.params as { id: string }).id);
    if (!preference) throw new ApiFault(404, null, 'Preference not found');
    return preference;
  };
  const isExpired = ({ expiresAt }: Preference): boolean =>
    expiresAt !== null && Date.parse(expiresAt) <= Date.now();

  app.get('/', async (_request, reply) => reply.redirect('/books', 302));
  app.get('/page.css', async (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(style),
  );

  app.get('/checkout/:id', async (request, reply) => {
    const preference = preferenceOf(request);
    const payments = desk.paymentsOf(preference.merchantOrderId).toReversed();
    const shown = payments.find(({ id }) => id === queryOf(request)['payment']);
    const backUrl = shown ? backUrlOf(preference, shown, siteId) : null;
    const given = { preference, payments, shown, backUrl, isExpired: isExpired(preference) };
    return show(reply, checkoutPage(viewOf(request), given));
  });

  app.post('/checkout/:id/pay', async (request, reply) => {
    const preference = preferenceOf(request);
    const [status, detail] = (fieldsOf(request)['outcome'] ?? '').split('/', 2);
    const outcome = readOutcome(status, detail);
    if (!outcome) throw new ApiFault(400, null, 'no such outcome');
    const { language } = viewOf(request);
    const own = `/checkout/${preference.id}?lang=${language}`;
    if (isExpired(preference)) return reply.redirect(own, 303);
    const payment = await pay(preference, outcome);
    const backUrl = backUrlOf(preference, payment, siteId);
    const isReturning = preference.isReturning && payment.status === 'approved';
    return reply.redirect(
      isReturning && backUrl !== null ? backUrl : `${own}&payment=${payment.id}`,
      303,
    );
  });

  app.get('/books', async (request, reply) => {
    const newest = 200;
    const page = booksPage(viewOf(request), {
      payments: books.all('payment').slice(-newest).toReversed(),
      refunds: books.all('refund').slice(-newest).toReversed(),
      chargebacks: books.all('chargeback').slice(-newest).toReversed(),
      sellers: books.all('seller'),
      notices: books.all('notice'),
      refundedOf: desk.refundedOf,
      currency,
    });
    return show(reply, page);
  });

  const act = (name: string, id: string): readonly Announcement[] => {
    const refund = books.find('refund', id);
    switch (name) {
      case 'approve':
        return desk.decide(id, approved).announcements;
      case 'decline':
        return desk.decide(id, readOutcome('rejected', '')!).announcements;
      case 'charge_back':
        return desk.chargeBack(id).announcements;
      case 'win':
      case 'lose':
        return desk.resolveChargeback(id, name === 'win' ? 'won' : 'lost').announcements;
      case 'settle':
      case 'fail':
        return refund ? desk.settleRefund(refund, name === 'fail').announcements : [];
      case 'unlink':
        return sellers.unlink(id);
      default:
        throw new ApiFault(400, null, 'no such action');
    }
  };
  app.post('/books', async (request, reply) => {
    const { do: name = '', id = '' } = fieldsOf(request);
    await notices.announce(act(name, id));
    return reply.redirect(`/books?lang=${viewOf(request).language}`, 303);
  });

  const redirectUriOf = (request: FastifyRequest): URL => {
    const url = webUrl(queryOf(request)['redirect_uri']);
    if (!url) throw new ApiFault(400, null, 'redirect_uri is missing');
    return url;
  };
  app.get('/authorization', async (request, reply) => {
    redirectUriOf(request);
    return show(reply, consentPage(viewOf(request), books.all('seller')));
  });
  app.post('/authorization', async (request, reply) => {
    const url = redirectUriOf(request);
    const { state, code_challenge: challenge, redirect_uri: redirectUri = '' } = queryOf(request);
    const { do: choice, seller = '', name = '' } = fieldsOf(request);
    if (choice === 'agree') {
      const id = seller === '' ? sellers.add(name === '' ? 'Vendedor' : name).id : seller;
      url.searchParams.set('code', sellers.consent(id, redirectUri, challenge ?? null));
    } else url.searchParams.set('error', 'access_denied');
    if (state !== undefined) url.searchParams.set('state', state);
    return reply.redirect(url.href, 303);
  });
};
