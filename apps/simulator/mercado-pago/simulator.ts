import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import { addAdminRoutes } from './admin-routes.ts';
import { ApiFault, faultBody } from './api-fault.ts';
import { addApiRoutes, type Parts } from './api-routes.ts';
import { addReportRoutes } from './report-routes.ts';
import { createChooser, type BehaviourChange } from './behaviour.ts';
import { openBooks } from './books.ts';
import { createDesk } from './desk.ts';
import { addFaults } from './faults.ts';
import { createNotices } from './notices.ts';
import type { Outcome } from './outcomes.ts';
import { addPageRoutes } from './page-routes.ts';
import type { Payment, Preference } from './records.ts';
import { createSellers } from './sellers.ts';
import { createWire } from './wire.ts';

export type SimulatorOptions = Readonly<{
  /** 0 takes any free port. Only this machine can reach it. */
  port: number;
  /** Where the journal of the books is; without it they end with the process. */
  journalPath?: string;
  /** The one currency of the site whose accounts are simulated. */
  currency?: string;
  /** Where notifications go that name no address, and those about sellers. */
  panelUrl?: string;
  behaviour?: BehaviourChange;
  accessToken?: string;
  webhookSecret?: string;
  clientSecret?: string;
  isLive?: boolean;
}>;

/** What the platform has to be told to use the simulator; the same in each run, unless given. */
export const defaults = {
  currency: 'COP',
  accessToken: 'APP_USR-simulator-platform',
  webhookSecret: 'simulator-webhook-secret',
  clientSecret: 'simulator-client-secret',
  applicationId: '5503910054141466',
  platformId: '60000001',
} as const;

export type Pay = (preference: Preference, outcome: Outcome) => Promise<Payment>;

export type Simulator = Readonly<{ url: string; close: () => Promise<void> }>;

const siteOf: Readonly<Record<string, string>> = {
  ARS: 'MLA',
  BRL: 'MLB',
  CLP: 'MLC',
  COP: 'MCO',
  MXN: 'MLM',
  PEN: 'MPE',
  UYU: 'MLU',
};

/**
 * A page of another site that a browser has open can reach this port too. It is told by its
 * `Origin`, and by a name in `Host` that somebody made point to this machine.
 */
const addGuard = (app: FastifyInstance): void => {
  app.addHook('onRequest', async (request) => {
    const { host = '', origin } = request.headers;
    const isLoopback = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(host);
    const isOwn = origin === undefined || origin === `http://${host}`;
    if (!isLoopback || (!isOwn && request.method !== 'GET'))
      throw new ApiFault(403, null, 'only from this machine');
  });
};

const addErrors = (app: FastifyInstance): void => {
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    const fault = error instanceof ApiFault ? error : new ApiFault(status, null, error.message);
    void reply.code(fault.status).send(faultBody(fault));
  });
  app.setNotFoundHandler((_request, reply) => {
    void reply.code(404).send(faultBody(new ApiFault(404, null, 'resource not found')));
  });
};

/** Refunds in process end by themselves after a while. */
const createSettling = ({ books, desk, notices, chooser }: Parts) => {
  const settleDue = async (olderThanMs: number): Promise<number> => {
    const until = Date.now() - olderThanMs;
    const due = books
      .all('refund')
      .filter(({ status, createdAt }) => status === 'in_process' && Date.parse(createdAt) <= until);
    for (const refund of due) {
      const { announcements } = desk.settleRefund(refund, chooser.isRefundFailing());
      await notices.announce(announcements);
    }
    return due.length;
  };
  const timer = setInterval(() => void settleDue(chooser.now().refund_settles_ms), 250);
  return { settleAll: () => settleDue(0), stop: () => clearInterval(timer) };
};

const createPay =
  ({ desk, notices }: Parts): Pay =>
  async (preference, outcome) => {
    const { made, announcements } = desk.makePayment({
      collectorId: preference.collectorId,
      preference,
      externalReference: preference.externalReference,
      amount: preference.total,
      applicationFee: preference.marketplaceFee,
      methodId: 'master',
      description: preference.title,
      notificationUrl: preference.notificationUrl,
      outcome,
      isCaptured: true,
    });
    await notices.announce(announcements);
    return made;
  };

/** A server on this machine that speaks the part of Mercado Pago's API that Plaza uses. */
export const startSimulator = async (options: SimulatorOptions): Promise<Simulator> => {
  const { port, currency = defaults.currency, panelUrl = null, isLive = false } = options;
  const { applicationId, platformId } = defaults;
  const books = openBooks(options.journalPath);
  const chooser = createChooser(options.behaviour);
  const desk = createDesk({ books, chooser, currency, panelUrl });
  const sellers = createSellers({
    books,
    applicationId,
    platformId,
    clientSecret: options.clientSecret ?? defaults.clientSecret,
    platformToken: options.accessToken ?? defaults.accessToken,
    panelUrl,
  });
  const notices = createNotices({
    books,
    chooser,
    applicationId,
    isLive,
    secret: () => options.webhookSecret ?? defaults.webhookSecret,
  });
  let url = '';
  const siteId = siteOf[currency] ?? 'MLA';
  const wire = createWire({ books, desk, origin: () => url, siteId, applicationId, isLive });
  const parts: Parts = { books, desk, sellers, notices, chooser, wire, currency };
  const settling = createSettling(parts);
  const pay = createPay(parts);

  const app = fastify({
    forceCloseConnections: true,
    // What a test misspells has to be refused, not dropped.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
  });
  addErrors(app);
  addGuard(app);
  addFaults(app, chooser);
  addApiRoutes(app, parts);
  addReportRoutes(app, parts);
  addAdminRoutes(app, { ...parts, pay, settleAll: settling.settleAll });
  const style = readFileSync(new URL('page.css', import.meta.url), 'utf8');
  addPageRoutes(app, { ...parts, pay, style, siteId });
  await app.listen({ host: '127.0.0.1', port });
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  notices.resume();
  return {
    url,
    close: async () => {
      settling.stop();
      notices.close();
      await app.close();
      books.close();
    },
  };
};
