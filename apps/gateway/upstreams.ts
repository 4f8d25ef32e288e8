import type { Discovery } from '#shared/platform/discovery.ts';
import type { ContextName } from '#shared/platform/module.ts';
import type { Logger } from '#shared/telemetry/logger.ts';
import { createBreaker, type Breaker, type BreakerState } from './breaker.ts';
import { createConnections, type Connections } from './connections.ts';

/** One address of a service, with what is known of it. */
export type Address = Readonly<{
  url: string;
  connections: Connections;
  breaker: Breaker;
  /** A request waits long for its answer: asks whether anybody is there, and sets it aside if not. */
  check: () => void;
}>;

export type UpstreamState = Readonly<{
  breaker: BreakerState;
  /** By address: may requests go there now? */
  addresses: Readonly<Record<string, 'up' | 'aside'>>;
}>;

export type UpstreamLimits = Readonly<{ connectWithinMs: number; probeWithinMs: number }>;

const defaults: UpstreamLimits = { connectWithinMs: 1_000, probeWithinMs: 1_000 };
/** One refused connection says enough of an address; it is asked again soon. */
const addressRules = { failuresMax: 1, pauseMs: 500, pauseMaxMs: 5_000 };
const serviceRules = { failuresMax: 5, pauseMs: 1_000, pauseMaxMs: 5_000 };

const isAlive = async (url: string, withinMs: number): Promise<boolean> => {
  try {
    const reply = await fetch(`${url}/health/live`, {
      signal: AbortSignal.timeout(withinMs),
      headers: { connection: 'close' },
    });
    await reply.body?.cancel();
    return reply.ok;
  } catch {
    return false;
  }
};

/**
 * The addresses of one service as requests see them: in turn, those set aside last. The breaker of
 * the service opens when five requests in a row were answered by none of its addresses, or when the
 * probes of all of them failed. A status of the 500s is an answer and no failure here: a service
 * that is up and says what is wrong must not be taken away, whole, for one broken route, which any
 * client could ask for on purpose.
 */
export const createUpstream = (
  context: ContextName,
  discovery: Discovery,
  log: Logger,
  limits: UpstreamLimits = defaults,
) => {
  const { connectWithinMs, probeWithinMs } = limits;
  const known = new Map<string, Address>();
  let listed: readonly string[] = [];
  let ring: readonly Address[] = [];
  let turn = 0;

  const breaker = createBreaker({
    ...serviceRules,
    probe: async () => {
      discovery.lookAgain(context);
      const answers = await Promise.all(current().map(({ url }) => isAlive(url, probeWithinMs)));
      return answers.includes(true);
    },
    onChange: (state) => {
      if (state !== 'half-open') log.warn({ context, breaker: state }, 'breaker of a service');
    },
  });

  const createAddress = (url: string): Address => {
    const connections = createConnections(url, connectWithinMs);
    let isChecking = false;
    const ofAddress = createBreaker({
      ...addressRules,
      probe: () => isAlive(url, probeWithinMs),
      onChange: (state) => {
        if (state === 'half-open') return;
        log.info({ context, address: url, state }, 'address of a service');
        if (state === 'open') connections.dropIdle();
        else breaker.succeeded();
      },
      onProbeFailed: () => {
        if (ring.every((address) => address.breaker.state !== 'closed')) breaker.trip();
      },
    });
    const check = async (): Promise<void> => {
      if (isChecking || ofAddress.state !== 'closed') return;
      isChecking = true;
      const isThere = await isAlive(url, probeWithinMs);
      isChecking = false;
      if (!isThere) ofAddress.trip();
    };
    return { url, connections, breaker: ofAddress, check: () => void check() };
  };

  const current = (): readonly Address[] => {
    const now = discovery.addressesOf(context);
    if (now === listed) return ring;
    listed = now;
    for (const url of now) if (!known.has(url)) known.set(url, createAddress(url));
    for (const [url, address] of known)
      if (!now.includes(url)) {
        known.delete(url);
        address.breaker.stop();
        address.connections.retire();
      }
    ring = [...new Set(now)].map((url) => known.get(url)!);
    return ring;
  };

  return {
    context,
    breaker,
    /** Where a request may go, in the order to try. */
    candidates(): readonly Address[] {
      const addresses = current();
      if (addresses.length < 2) return addresses;
      turn = (turn + 1) % addresses.length;
      const turned = [...addresses.slice(turn), ...addresses.slice(0, turn)];
      const up = turned.filter((address) => address.breaker.state === 'closed');
      if (up.length === turned.length) return turned;
      // With one that answers, none waits for those that do not; with none, all are worth a try.
      return up.length > 0 ? up : turned;
    },
    answered(address: Address): void {
      if (address.breaker.state !== 'closed') address.breaker.succeeded();
      breaker.succeeded();
    },
    /** No address answered a request. */
    unanswered(): void {
      breaker.failed();
      discovery.lookAgain(context);
    },
    state: (): UpstreamState => ({
      breaker: breaker.state,
      addresses: Object.fromEntries(
        current().map((address) => [
          address.url,
          address.breaker.state === 'closed' ? 'up' : 'aside',
        ]),
      ),
    }),
    close(): void {
      breaker.stop();
      for (const address of known.values()) {
        address.breaker.stop();
        address.connections.close();
      }
    },
  };
};

export type Upstream = ReturnType<typeof createUpstream>;

export type Upstreams = ReadonlyMap<ContextName, Upstream>;

/** One for each service that `discovery` knows. */
export const createUpstreams = (
  discovery: Discovery,
  log: Logger,
  limits?: UpstreamLimits,
): Upstreams =>
  new Map(
    discovery.contexts.map((context) => [context, createUpstream(context, discovery, log, limits)]),
  );
