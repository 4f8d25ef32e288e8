import { askService, Away } from './ask-service.ts';
import { contextAt } from './routing.ts';
import type { Upstream, Upstreams } from './upstreams.ts';

type Document = Readonly<{ paths: Readonly<Record<string, object>> }>;

/** A new release of a service is in the document after at most this long. */
const freshMs = 60_000;
/** One that is away is asked again sooner. */
const againMs = 2_000;

/** The last document of one service, kept while it is away; undefined until it was there once. */
const createDocument = (upstream: Upstream) => {
  let paths: Document['paths'] | undefined;
  let nextAt = 0;
  let asking: Promise<void> | undefined;

  const ask = async (): Promise<void> => {
    try {
      const { status, body } = await askService(upstream, '/openapi.json', { withinMs: 2_000 });
      if (status !== 200) throw new Away(`${upstream.context} answers ${status}`);
      // Health and the like are of the process that was asked: the gateway has its own.
      const { context } = upstream;
      const operations = Object.entries((body as Document).paths).map(
        ([path, item]) =>
          [
            path,
            Object.fromEntries(
              Object.entries(item).filter(
                ([method]) => contextAt(path, method.toUpperCase()) === context,
              ),
            ),
          ] as const,
      );
      paths = Object.fromEntries(operations.filter(([, item]) => Object.keys(item).length > 0));
      nextAt = performance.now() + freshMs;
    } catch {
      nextAt = performance.now() + againMs;
    } finally {
      asking = undefined;
    }
  };
  return async (): Promise<Document['paths'] | undefined> => {
    if (performance.now() >= nextAt) await (asking ??= ask());
    return paths;
  };
};

/**
 * One document of the gateway's own operations and of those of every service. What is away and was
 * never read is named in `x-missing-services`.
 */
export const createMergedDocument = (upstreams: Upstreams, own: () => object) => {
  const documents = [...upstreams.values()].map(
    (upstream) => [upstream.context, createDocument(upstream)] as const,
  );
  /** Two services may share an address, each with methods of its own. */
  const merge = (all: readonly Document['paths'][]): Document['paths'] => {
    const merged: Record<string, object> = {};
    for (const paths of all)
      for (const [path, item] of Object.entries(paths)) merged[path] = { ...merged[path], ...item };
    return merged;
  };
  return async (): Promise<string> => {
    const found = await Promise.all(
      documents.map(async ([context, read]) => [context, await read()] as const),
    );
    const missing = found.filter(([, paths]) => paths === undefined).map(([context]) => context);
    const document = own() as Document;
    return JSON.stringify({
      ...document,
      paths: { ...merge(found.map(([, paths]) => paths ?? {})), ...document.paths },
      ...(missing.length > 0 ? { 'x-missing-services': missing } : {}),
    });
  };
};
