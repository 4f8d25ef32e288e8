import { setTimeout as sleep } from 'node:timers/promises';
import type { Split, SplitProcess } from '../../deploy/split/split.ts';
import { send, type Reply, type Request } from '../e2e/support/http.ts';
import type { Shop } from '../e2e/support/shop.ts';

export type Rolled = Readonly<{
  requests: number;
  /** Refused with 503 and Retry-After: told to come again, and nothing happened. */
  refused: number;
  /** What no client should ever see. */
  failures: readonly string[];
  slowestMs: number;
  /** All that it placed, each cancelled at once. */
  orderIds: readonly string[];
}>;

const isRefusedToConnect = (error: unknown): boolean =>
  (((error as Error).cause ?? {}) as { code?: string }).code === 'ECONNREFUSED';

/** Which of the gateways are ready, looked at as often as load balancers look. */
const watchGateways = (gateways: readonly SplitProcess[]) => {
  let ready = gateways;
  const look = async (): Promise<void> => {
    const found = await Promise.all(
      gateways.map(async ({ url }) => {
        const signal = AbortSignal.timeout(500);
        const reply = await fetch(`${url}/health/ready`, { signal }).catch(() => undefined);
        await reply?.body?.cancel();
        return reply?.ok === true;
      }),
    );
    const now = gateways.filter((_, i) => found[i]);
    // When none seems ready, all are tried.
    ready = now.length > 0 ? now : gateways;
  };
  const timer = setInterval(() => void look(), 250);
  return { ready: () => ready, stop: () => clearInterval(timer) };
};

/**
 * Restarts processes as a new version would, one after another, while clients send requests at
 * a steady rate whether or not the last ones were answered: reads, carts and orders, which are cancelled
 * again, so that nobody has to wait for them to expire.
 */
export const rollUnderLoad = async (
  split: Split,
  shop: Shop,
  perSecond: number,
  processes: readonly SplitProcess[],
): Promise<Rolled> => {
  const gateways = [...split.processes.values()].filter(({ target }) => target === 'gateway');
  const failures: string[] = [];
  const orderIds: string[] = [];
  let requests = 0;
  let refused = 0;
  let slowestMs = 0;
  let isOver = false;

  const requestOf = (n: number): Request => {
    const product = shop.products[n % shop.products.length]!;
    const token = shop.tokens[n % shop.tokens.length]!;
    const items = [{ variant_id: product.variantId, quantity: 1 }];
    switch (n % 10) {
      case 0:
        return {
          method: 'POST',
          path: '/orders',
          token,
          body: { items },
          headers: { 'idempotency-key': `rolling-${n}` },
        };
      case 1:
      case 2:
        return { method: 'POST', path: '/cart/add', body: items[0]! };
      case 3:
        return { method: 'GET', path: '/orders', token };
      case 4:
        return { method: 'GET', path: '/auth/me', token };
      case 5:
      case 6:
      case 7:
        return { method: 'GET', path: '/products?limit=20' };
      default:
        return { method: 'GET', path: `/products/${product.id}` };
    }
  };
  const balancer = watchGateways(gateways);
  /** As a load balancer does: one that is not ready, or takes no connection, gives way to another. */
  const ask = async (n: number, request: Request): Promise<Reply> => {
    for (let i = 0; ; i++)
      try {
        const ready = balancer.ready();
        return await send(ready[(n + i) % ready.length]!.url, request);
      } catch (error) {
        if (!isRefusedToConnect(error) || i + 1 >= gateways.length) throw error;
      }
  };
  const one = async (n: number, request: Request): Promise<Reply | undefined> => {
    const since = performance.now();
    requests += 1;
    try {
      const reply = await ask(n, request);
      const { status, headers, text } = reply;
      if (status === 503 && headers.has('retry-after')) refused += 1;
      else if (status >= 500 || status === 429)
        failures.push(`${request.method} ${request.path}: ${status} ${text.slice(0, 200)}`);
      return reply;
    } catch (error) {
      const { message, cause } = error as Error & { cause?: Error };
      failures.push(`${request.method} ${request.path}: ${message} ${cause?.message ?? ''}`);
      return undefined;
    } finally {
      slowestMs = Math.max(slowestMs, performance.now() - since);
    }
  };
  const oneAndItsEnd = async (n: number): Promise<void> => {
    const request = requestOf(n);
    const reply = await one(n, request);
    if (request.path !== '/orders' || reply?.status !== 201) return;
    const id = String(reply.body['id']);
    orderIds.push(id);
    const { token } = request;
    for (let status = 0; status !== 200;) {
      const path = `/orders/${id}/cancel`;
      const answer = await one(n, { method: 'POST', path, ...(token && { token }) });
      status = answer?.status ?? 0;
      // One that found no stock has ended by itself.
      if (status === 409) return;
      if (status === 503) await sleep(200);
      else if (status !== 200) {
        failures.push(`POST ${path}: ${status} ${answer?.text.slice(0, 200) ?? ''}`);
        return;
      }
    }
  };
  const load = async (): Promise<void> => {
    const began = performance.now();
    const underWay = new Set<Promise<void>>();
    while (!isOver) {
      const due = Math.floor(((performance.now() - began) / 1000) * perSecond);
      while (requests < due) {
        const work: Promise<void> = oneAndItsEnd(requests).finally(() => underWay.delete(work));
        underWay.add(work);
      }
      await sleep(5);
    }
    await Promise.all(underWay);
  };

  const loading = load();
  for (const process of processes) {
    await process.end('SIGTERM');
    await process.start();
  }
  isOver = true;
  await loading;
  balancer.stop();
  return { requests, refused, failures, slowestMs, orderIds };
};
