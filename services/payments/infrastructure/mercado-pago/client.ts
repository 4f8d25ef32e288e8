import type { Money } from '#shared/kernel/money.ts';
import { toWireNumber } from './amounts.ts';
import type { Answer } from './answer.ts';
import type { Reader } from './reading.ts';
import {
  paymentBody,
  preferenceBody,
  type PaymentRequest,
  type PreferenceRequest,
} from './requests.ts';
import {
  readChargeback,
  readMerchantOrder,
  readPage,
  readPayment,
  readPreference,
  readRefund,
  readReports,
  readTokens,
  type MercadoPagoChargeback,
  type MercadoPagoMerchantOrder,
  type MercadoPagoPayment,
  type MercadoPagoPreference,
  type MercadoPagoRefund,
  type MercadoPagoReport,
  type MercadoPagoTokens,
  type Page,
} from './resources.ts';
import { readWithdrawals, type Withdrawal } from './settlement-report.ts';
import { createTransport, type TransportOptions } from './transport.ts';

/** Of the platform, or of the seller for whom is charged. It is never logged or kept here. */
type Bearer = Readonly<{ token: string }>;
/** `key` is stored before the first call and stays the same in every repetition. */
type Mutation = Bearer & Readonly<{ key: string }>;

type Credentials = Readonly<{ clientId: string; clientSecret: string }>;

export interface MercadoPagoClient {
  createPreference(
    given: Mutation & Readonly<{ preference: PreferenceRequest }>,
  ): Promise<Answer<MercadoPagoPreference>>;
  getPreference(given: Bearer & Readonly<{ id: string }>): Promise<Answer<MercadoPagoPreference>>;
  createPayment(
    given: Mutation & Readonly<{ payment: PaymentRequest }>,
  ): Promise<Answer<MercadoPagoPayment>>;
  getPayment(given: Bearer & Readonly<{ id: string }>): Promise<Answer<MercadoPagoPayment>>;
  /** Newest first. The index lags: what is not found may still be there. */
  searchPayments(
    given: Bearer & Readonly<{ externalReference: string; offset?: number; limit?: number }>,
  ): Promise<Answer<Page<MercadoPagoPayment>>>;
  /** Those that changed since `from`, the longest ago first, from `from` itself on. */
  searchUpdated(
    given: Bearer & Readonly<{ from: Date; to: Date; offset: number; limit: number }>,
  ): Promise<Answer<Page<MercadoPagoPayment>>>;
  /** Without `amount` all that is authorized. */
  capturePayment(
    given: Mutation & Readonly<{ id: string; amount?: Money }>,
  ): Promise<Answer<MercadoPagoPayment>>;
  /** For a payment that is pending, in process or authorized. */
  cancelPayment(given: Mutation & Readonly<{ id: string }>): Promise<Answer<MercadoPagoPayment>>;
  /** Without `amount` all that is left; the currency is that of the payment in either case. */
  refundPayment(
    given: Mutation & Readonly<{ id: string; currency: string; amount?: Money }>,
  ): Promise<Answer<MercadoPagoRefund>>;
  listRefunds(
    given: Bearer & Readonly<{ id: string; currency: string }>,
  ): Promise<Answer<readonly MercadoPagoRefund[]>>;
  getRefund(
    given: Bearer & Readonly<{ id: string; refundId: string; currency: string }>,
  ): Promise<Answer<MercadoPagoRefund>>;
  getMerchantOrder(
    given: Bearer & Readonly<{ id: string }>,
  ): Promise<Answer<MercadoPagoMerchantOrder>>;
  searchMerchantOrders(
    given: Bearer & (Readonly<{ preferenceId: string }> | Readonly<{ externalReference: string }>),
  ): Promise<Answer<Page<MercadoPagoMerchantOrder>>>;
  getChargeback(given: Bearer & Readonly<{ id: string }>): Promise<Answer<MercadoPagoChargeback>>;
  /** What moved on the account: reports that were made, on a schedule or because somebody asked. */
  listReports(given: Bearer): Promise<Answer<readonly MercadoPagoReport[]>>;
  /** Asks for one; it is in the list when it is ready, which takes a while. */
  requestReport(given: Mutation & Readonly<{ from: Date; to: Date }>): Promise<Answer<null>>;
  readReport(
    given: Bearer & Readonly<{ fileName: string }>,
  ): Promise<Answer<readonly Withdrawal[]>>;
  /** Turns the code of the seller's consent into tokens; a code works once. */
  exchangeCode(
    given: Credentials &
      Readonly<{ code: string; redirectUri: string; codeVerifier?: string; key: string }>,
  ): Promise<Answer<MercadoPagoTokens>>;
  /** The answer's refresh token replaces the old one, which has ended: store both at once. */
  refreshTokens(
    given: Credentials & Readonly<{ refreshToken: string; key: string }>,
  ): Promise<Answer<MercadoPagoTokens>>;
}

const segment = (id: string): string => {
  if (!/^[\w-]{1,128}$/.test(id)) throw new RangeError(`${JSON.stringify(id)} is no id of a path`);
  return id;
};

const reportPath = '/v1/account/settlement_report';
const fileSegment = (name: string): string => {
  if (!/^[\w-][\w.-]{0,250}$/.test(name))
    throw new RangeError(`${JSON.stringify(name)} is no name of a file`);
  return name;
};
/** As the reports take dates: without fractions. */
const toSeconds = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z');

export type { PaymentRequest, PreferenceRequest } from './requests.ts';

/**
 * Speaks Mercado Pago's API, and is ours because its SDK sends one call's idempotency key with
 * another call and repeats mutations by itself. One call is one request: whoever calls decides
 * whether and when to repeat it.
 */
export const createMercadoPagoClient = (options: TransportOptions): MercadoPagoClient => {
  const call = createTransport(options);
  const get = <T>(token: string, path: string, read: (reader: Reader) => T): Promise<Answer<T>> =>
    call({ method: 'GET', path, token, read });
  const paymentPath = (id: string): string => `/v1/payments/${segment(id)}`;
  /** Without it a refund that takes its time is shown as a refusal. */
  const refundHeaders = { 'x-render-in-process-refunds': 'true' };
  const changePayment = ({ token, key, id }: Mutation & Readonly<{ id: string }>, body: object) =>
    call({ method: 'PUT', path: paymentPath(id), token, key, body, read: readPayment });
  const askTokens = (key: string, body: object): Promise<Answer<MercadoPagoTokens>> =>
    call({ method: 'POST', path: '/oauth/token', key, body, read: readTokens });

  return {
    createPreference: ({ token, key, preference }) =>
      call({
        method: 'POST',
        path: '/checkout/preferences',
        token,
        key,
        body: preferenceBody(preference),
        read: readPreference,
      }),
    getPreference: ({ token, id }) =>
      get(token, `/checkout/preferences/${segment(id)}`, readPreference),
    createPayment: ({ token, key, payment }) =>
      call({
        method: 'POST',
        path: '/v1/payments',
        token,
        key,
        body: paymentBody(payment),
        read: readPayment,
      }),
    getPayment: ({ token, id }) => get(token, paymentPath(id), readPayment),
    searchPayments: ({ token, externalReference, offset = 0, limit = 30 }) => {
      const query = new URLSearchParams({
        external_reference: externalReference,
        sort: 'date_created',
        criteria: 'desc',
        offset: String(offset),
        limit: String(limit),
      });
      return get(token, `/v1/payments/search?${query.toString()}`, readPage(readPayment));
    },
    searchUpdated: ({ token, from, to, offset, limit }) => {
      const query = new URLSearchParams({
        range: 'date_last_updated',
        begin_date: from.toISOString(),
        end_date: to.toISOString(),
        sort: 'date_last_updated',
        criteria: 'asc',
        offset: String(offset),
        limit: String(limit),
      });
      return get(token, `/v1/payments/search?${query.toString()}`, readPage(readPayment));
    },
    capturePayment: ({ amount, ...given }) =>
      changePayment(given, {
        capture: true,
        ...(amount && { transaction_amount: toWireNumber(amount) }),
      }),
    cancelPayment: (given) => changePayment(given, { status: 'cancelled' }),
    refundPayment: ({ token, key, id, currency, amount }) =>
      call({
        method: 'POST',
        path: `${paymentPath(id)}/refunds`,
        token,
        key,
        body: amount ? { amount: toWireNumber(amount) } : {},
        headers: refundHeaders,
        read: readRefund(currency),
      }),
    listRefunds: ({ token, id, currency }) =>
      call({
        method: 'GET',
        path: `${paymentPath(id)}/refunds`,
        token,
        headers: refundHeaders,
        read: (reader) => reader.list('elements').map(readRefund(currency)),
      }),
    getRefund: ({ token, id, refundId, currency }) =>
      call({
        method: 'GET',
        path: `${paymentPath(id)}/refunds/${segment(refundId)}`,
        token,
        headers: refundHeaders,
        read: readRefund(currency),
      }),
    getMerchantOrder: ({ token, id }) =>
      get(token, `/merchant_orders/${segment(id)}`, readMerchantOrder),
    searchMerchantOrders: ({ token, ...by }) => {
      const query = new URLSearchParams(
        'preferenceId' in by
          ? { preference_id: by.preferenceId }
          : { external_reference: by.externalReference },
      );
      return get(token, `/merchant_orders/search?${query.toString()}`, readPage(readMerchantOrder));
    },
    getChargeback: ({ token, id }) => get(token, `/v1/chargebacks/${segment(id)}`, readChargeback),
    listReports: ({ token }) => get(token, `${reportPath}/list`, readReports),
    requestReport: ({ token, key, from, to }) =>
      call({
        method: 'POST',
        path: reportPath,
        token,
        key,
        body: { begin_date: toSeconds(from), end_date: toSeconds(to) },
        read: () => null,
      }),
    readReport: ({ token, fileName }) =>
      call({
        method: 'GET',
        path: `${reportPath}/${fileSegment(fileName)}`,
        token,
        read: () => [],
        readText: readWithdrawals,
      }),
    exchangeCode: ({ clientId, clientSecret, code, redirectUri, codeVerifier, key }) =>
      askTokens(key, {
        grant_type: 'authorization_code',
        client_id: clientId,
        client_secret: clientSecret,
        code,
        redirect_uri: redirectUri,
        ...(codeVerifier !== undefined && { code_verifier: codeVerifier }),
      }),
    refreshTokens: ({ clientId, clientSecret, refreshToken, key }) =>
      askTokens(key, {
        grant_type: 'refresh_token',
        client_id: clientId,
        client_secret: clientSecret,
        refresh_token: refreshToken,
      }),
  };
};
