import { Resolver } from 'node:dns/promises';
import type { Logger } from '../telemetry/logger.ts';
import type { ContextName } from './module.ts';

/** Where the contexts of other processes answer HTTP, now. */
export type Discovery = Readonly<{
  contexts: readonly ContextName[];
  /**
   * Base addresses (`http://10.0.0.7:8000`) of the replicas of `context`; the same array until they
   * change, and empty as long as none was ever found.
   */
  addressesOf: (context: ContextName) => readonly string[];
  /** None of them answered: its names are looked up at once, though not more often than DNS bears. */
  lookAgain: (context: ContextName) => void;
  /** Resolves when every name was looked up once, found or not. */
  started: Promise<void>;
  stop: () => void;
}>;

/** What stands before an address whose name is looked up again and again. */
export const dnsPrefix = 'dns+';

const everyMs = 5_000;
const atOnceMs = 500;

type Lookup = (name: string) => Promise<readonly string[]>;
type Names = Readonly<{ resolve4: Lookup; resolve6: Lookup }>;

/** There is no such name, or it has no address of this kind: an answer, unlike silence. */
const isNone = (error: unknown): boolean =>
  ['ENOTFOUND', 'ENODATA'].includes((error as NodeJS.ErrnoException).code ?? '');

/**
 * The addresses of one name. Each family keeps its last answer when DNS is silent or fails. When
 * the name is gone altogether, the last addresses stay: whoever asks them finds out by itself, and
 * a name server that forgets must not take a service down that runs.
 */
const createName = (url: URL, names: Names, log: Logger) => {
  const { hostname, protocol, port } = url;
  const last: Record<'v4' | 'v6', readonly string[]> = { v4: [], v6: [] };
  let isFailing = false;

  const ask = async (
    lookup: () => Promise<readonly string[]>,
  ): Promise<readonly string[] | 'none' | 'failed'> => {
    try {
      return await lookup();
    } catch (error) {
      return isNone(error) ? 'none' : 'failed';
    }
  };
  return {
    addresses: (): readonly string[] =>
      [...last.v4, ...last.v6.map((ip) => `[${ip}]`)].map(
        (host) => `${protocol}//${host}${port ? `:${port}` : ''}`,
      ),
    async look(): Promise<void> {
      const [v4, v6] = await Promise.all([
        ask(() => names.resolve4(hostname)),
        ask(() => names.resolve6(hostname)),
      ]);
      if (Array.isArray(v4) || Array.isArray(v6)) {
        if (v4 !== 'failed') last.v4 = v4 === 'none' ? [] : v4.toSorted();
        if (v6 !== 'failed') last.v6 = v6 === 'none' ? [] : v6.toSorted();
      }
      const fails = !Array.isArray(v4) && !Array.isArray(v6);
      if (fails !== isFailing)
        log.warn({ name: hostname, a: v4, aaaa: v6 }, fails ? 'DNS fails' : 'DNS answers again');
      isFailing = fails;
    },
  };
};

/**
 * Reads `services`: fixed addresses as they are, and `dns+http://name:port` as all addresses that
 * the name has (A and AAAA), looked up again every five seconds. Names are whole ones: no search
 * domain is added, no hosts file read. `names` is who resolves them.
 */
export const createDiscovery = (
  services: ReadonlyMap<ContextName, readonly string[]>,
  log: Logger,
  names: Names = new Resolver({ timeout: 1_000, tries: 2 }),
): Discovery => {
  const stops: (() => void)[] = [];
  const watched = [...services].map(([context, urls]) => {
    const fixed = urls.filter((url) => !url.startsWith(dnsPrefix));
    const byName = urls
      .filter((url) => url.startsWith(dnsPrefix))
      .map((url) => createName(new URL(url.slice(dnsPrefix.length)), names, log));
    let now: readonly string[] = fixed;
    let looking: Promise<void> | undefined;
    let lookedAt = -Infinity;

    const lookNow = async (): Promise<void> => {
      lookedAt = performance.now();
      await Promise.all(byName.map((name) => name.look()));
      const next = [...fixed, ...byName.flatMap((name) => name.addresses())];
      if (next.join() !== now.join()) now = next;
      looking = undefined;
    };
    const look = (): Promise<void> => (looking ??= lookNow());
    if (byName.length > 0) {
      const timer = setInterval(() => void look(), everyMs);
      timer.unref();
      stops.push(() => clearInterval(timer));
    }
    const entry = {
      started: byName.length > 0 ? look() : Promise.resolve(),
      addresses: () => now,
      lookAgain: () => {
        if (byName.length > 0 && performance.now() - lookedAt > atOnceMs) void look();
      },
    };
    return [context, entry] as const;
  });
  const entries = new Map(watched);
  const none: readonly string[] = [];
  return {
    contexts: [...services.keys()],
    addressesOf: (context) => entries.get(context)?.addresses() ?? none,
    lookAgain: (context) => entries.get(context)?.lookAgain(),
    started: Promise.all([...entries.values()].map(({ started }) => started)).then(() => {}),
    stop: () => {
      for (const stop of stops) stop();
    },
  };
};
