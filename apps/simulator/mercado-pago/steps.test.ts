import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import { money } from '#shared/kernel/money.ts';
import {
  createMercadoPagoClient,
  type PaymentRequest,
  type PreferenceRequest,
} from '../../../services/payments/infrastructure/mercado-pago/client.ts';
import {
  createSignatureVerifier,
  type SignatureVerdict,
} from '../../../services/payments/infrastructure/mercado-pago/signature.ts';
import { defaults, startSimulator, type SimulatorOptions } from './simulator.ts';

/** The client of the platform over the simulator: what is tested is that they understand each other. */

export const token = defaults.accessToken;
const verify = createSignatureVerifier([
  { applicationId: defaults.applicationId, secret: defaults.webhookSecret },
]);

export type Received = Readonly<{
  topic: string | null;
  dataId: string | null;
  verdict: SignatureVerdict;
  requestId: string;
  tsDigits: number;
}>;

/** A receiver of notifications that notes each and answers as it is told. */
export const startReceiver = async () => {
  const received: Received[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    const [, query = ''] = request.url!.split('?', 2);
    const params = new URLSearchParams(query);
    const one = (name: string): string | undefined => request.headers[name]?.toString();
    const signature = one('x-signature');
    const requestId = one('x-request-id');
    received.push({
      topic: params.get('type'),
      dataId: params.get('data.id'),
      verdict: verify({ query, signature, requestId }),
      requestId: requestId ?? '',
      tsDigits: /ts=(\d+)/.exec(signature ?? '')?.[1]?.length ?? 0,
    });
    request.resume();
    response.statusCode = status;
    response.end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    received,
    answerWith: (next: number) => void (status = next),
  };
};

/** `timeoutMs` is short where a test waits for it, and else longer than a busy machine ever takes. */
export const startTestSimulator = async (
  options: Partial<SimulatorOptions> = {},
  timeoutMs = 10_000,
) => {
  const simulator = await startSimulator({ port: 0, ...options });
  after(() => simulator.close());
  const client = createMercadoPagoClient({ baseUrl: simulator.url, timeoutMs });
  const ask = async <T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; body: T }> => {
    const answer = await fetch(simulator.url + path, {
      method,
      ...(body && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    return { status: answer.status, body: (await answer.json()) as T };
  };
  return {
    url: simulator.url,
    close: simulator.close,
    client,
    ask,
    behave: async (body: object) => {
      const { status } = await ask('PUT', '/simulator/behaviour', body);
      if (status !== 200) throw new Error(`the behaviour was refused: ${status}`);
    },
    books: async () => (await ask<Books>('GET', '/simulator/books')).body,
  };
};
export type TestSimulator = Awaited<ReturnType<typeof startTestSimulator>>;

export type Books = Readonly<{
  charges: readonly Readonly<{
    id: string;
    external_reference: string;
    status: string;
    status_detail: string;
    amount: string;
    refunded: string;
  }>[];
  refunds: readonly Readonly<{ id: string; charge_id: string; status: string; amount: string }>[];
  chargebacks: readonly Readonly<{ id: string; outcome: string; amount: string }>[];
  notices: readonly Readonly<{ id: string; topic: string; state: string }>[];
}>;

export const pesos = (units: number) => money(BigInt(units) * 100n, 'COP');

export const aPayment = (change: Partial<PaymentRequest> = {}): PaymentRequest => ({
  externalReference: crypto.randomUUID(),
  amount: pesos(12_500),
  description: 'Café de origen',
  methodId: 'master',
  installments: 1,
  capture: true,
  notificationUrl: 'http://127.0.0.1:1/nobody',
  payer: { email: 'compradora@example.com' },
  ...change,
});

export const aPreference = (change: Partial<PreferenceRequest> = {}): PreferenceRequest => ({
  externalReference: crypto.randomUUID(),
  items: [{ id: 'a', title: 'Café de origen', quantity: 2, unitPrice: pesos(20_000) }],
  shippingCost: pesos(8_000),
  notificationUrl: 'http://127.0.0.1:1/nobody',
  backUrls: {
    success: 'http://127.0.0.1:1/success',
    pending: 'http://127.0.0.1:1/pending',
    failure: 'http://127.0.0.1:1/failure',
  },
  ...change,
});

export const valueOf = <T>(
  answer: Readonly<{ is: 'ok'; value: T }> | Readonly<{ is: string; value?: never }>,
): T => {
  if (answer.is !== 'ok') throw new Error(`not ok: ${JSON.stringify(answer)}`);
  return (answer as { value: T }).value;
};

/** Waits until it holds, for five seconds at most. */
export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let i = 0; i < 500; i++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it did not come to pass within five seconds');
};
