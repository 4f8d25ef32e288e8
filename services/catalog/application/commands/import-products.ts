import { DomainError } from '#shared/kernel/errors.ts';
import type { Platform } from '#shared/platform/module.ts';
import { decideImport, type ImportDecision } from '../../domain/import-decision.ts';
import { readProduct, type ImportedProduct, type RowError } from '../../domain/import-product.ts';
import { slugOf } from '../../domain/product.ts';
import type {
  Categories,
  Cause,
  ImportBatches,
  ImportCounts,
  ImportFiles,
  ImportState,
  Imports,
  ProductLines,
  SpooledFile,
} from '../ports.ts';
import { createCategoryFinder, type CategoryFinder } from './find-categories.ts';

export type ImportProducts = Readonly<{
  id: string;
  fileName: string;
  isDryRun: boolean;
  /** Whose the products will be, unless a line says so; only an administrator's file may. */
  sellerId: string;
  file: SpooledFile;
}>;

type Ports = Readonly<{
  files: ImportFiles;
  imports: Imports;
  batches: ImportBatches;
  categories: Categories;
  newId: () => string;
  now: () => Date;
  currency: string;
  log: Platform['log'];
}>;

/** What lives as long as one import. */
type Run = {
  readonly command: ImportProducts;
  readonly cause: Cause;
  readonly findCategory: CategoryFinder;
  readonly seenKeys: Set<string>;
  readonly seenSkus: Set<string>;
  counts: ImportCounts;
  errors: RowError[];
};

type Candidate = Readonly<{ imported: ImportedProduct; sellerId: string; key: string }>;
type Decided = Readonly<{
  candidate: Candidate;
  decision: ImportDecision;
  state: ImportState | undefined;
}>;

const productsOfBatch = 200;
const interruption = 'Plaza was stopped while the file was read. Import it again.';

export type ImportProductsHandler = Readonly<{
  /** Stores that the import runs, then runs it; resolves once it is stored, `done` when it ended. */
  begin: (command: ImportProducts, cause: Cause) => Promise<Readonly<{ done: Promise<void> }>>;
  /** Ends running imports after the batch that they are at, and says so in them. */
  stop: () => Promise<void>;
}>;

export const createImportProducts = (ports: Ports): ImportProductsHandler => {
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  return {
    async begin(command, cause) {
      const { id, fileName, isDryRun, file } = command;
      await ports.imports.begin({
        id,
        accountId: cause.actor.id,
        fileName,
        isDryRun,
        bytesTotal: file.bytes,
        now: ports.now(),
      });
      const done = runImport(ports, command, cause, stopping.signal).finally(() =>
        running.delete(done),
      );
      running.add(done);
      return { done };
    },
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
};

const runImport = async (
  ports: Ports,
  command: ImportProducts,
  cause: Cause,
  signal: AbortSignal,
): Promise<void> => {
  const { id, file, isDryRun } = command;
  const run: Run = {
    command,
    cause,
    findCategory: await createCategoryFinder(ports.categories, ports.newId, isDryRun),
    seenKeys: new Set(),
    seenSkus: new Set(),
    counts: { bytesRead: 0, rowsRead: 0, created: 0, updated: 0, unchanged: 0, refused: 0 },
    errors: [],
  };
  let failure: string | undefined;
  try {
    let batch: ProductLines[] = [];
    for await (const lines of ports.files.read(file, ports.currency)) {
      batch.push(lines);
      if (batch.length < productsOfBatch) continue;
      await importBatch(ports, run, batch);
      batch = [];
      if (signal.aborted) break;
    }
    if (signal.aborted) failure = interruption;
    else await importBatch(ports, run, batch);
  } catch (error) {
    if (!(error instanceof DomainError)) ports.log.error({ err: error, import_id: id }, 'import');
    failure =
      error instanceof DomainError
        ? `${error.message} ${error.details.detail ?? ''}`.trim()
        : 'Something went wrong inside Plaza; what was read before is stored. Import the file again.';
  } finally {
    await ports.files.remove(file);
  }
  await ports.imports.end(id, ports.now(), failure).catch(() => {});
};

const importBatch = async (
  ports: Ports,
  run: Run,
  batch: readonly ProductLines[],
): Promise<void> => {
  const candidates = batch.flatMap((lines) => toCandidate(run, lines) ?? []);
  const decided = await decideBatch(ports, run, candidates);
  const refused = decided.filter(({ decision }) => decision.outcome === 'refused');
  for (const { decision } of refused)
    if (decision.outcome === 'refused') run.errors.push(...decision.errors);
  count(run, { refused: batch.length - candidates.length + refused.length });

  const kept = decided.filter(({ decision }) => decision.outcome !== 'refused');
  const failed = run.command.isDryRun ? new Map() : await store(ports, run, kept);
  for (const one of kept) {
    const error = failed.get(one) as RowError | undefined;
    if (error) run.errors.push(error);
    count(run, { [error ? 'refused' : one.decision.outcome]: 1 });
  }
  const last = batch.at(-1);
  if (last) run.counts = { ...run.counts, bytesRead: last.bytesRead, rowsRead: last.rowsRead };
  await ports.imports.progress(run.command.id, run.counts, run.errors, ports.now());
  run.errors = [];
};

const count = (run: Run, more: Partial<Record<string, number>>): void => {
  const { created, updated, unchanged, refused } = run.counts;
  run.counts = {
    ...run.counts,
    created: created + (more['created'] ?? 0),
    updated: updated + (more['updated'] ?? 0),
    unchanged: unchanged + (more['unchanged'] ?? 0),
    refused: refused + (more['refused'] ?? 0),
  };
};

/** The product of these lines, or undefined when its errors were noted instead. */
const toCandidate = (run: Run, { rows, facts }: ProductLines): Candidate | undefined => {
  const first = rows[0]!;
  const handle = first.cells.handle!.trim();
  const refuse = (code: string, detail: string): undefined => {
    const column = facts.header.titles.handle ?? null;
    run.errors.push({ line: first.line, column, code, detail, handle: handle || null });
    return undefined;
  };
  if (handle === '') return refuse('required', 'has no handle');
  const { product, errors } = readProduct(rows, facts);
  if (errors.length > 0) {
    run.errors.push(...errors.slice(0, 20));
    return undefined;
  }
  const { actor } = run.cause;
  const sellerId = (actor.isAdmin ? product.sellerId : undefined) ?? run.command.sellerId;
  const key = `${sellerId}/${handle}`;
  if (run.seenKeys.has(key))
    return refuse('repeated', 'stands further up too: the lines of a product must be together');
  run.seenKeys.add(key);
  return { imported: product, sellerId, key };
};

const decideBatch = async (
  ports: Ports,
  run: Run,
  candidates: readonly Candidate[],
): Promise<readonly Decided[]> => {
  if (candidates.length === 0) return [];
  const slugs = candidates.map(({ imported }) => slugOf(imported.handle));
  const known = await ports.batches.load(
    candidates.map(({ imported: { handle }, sellerId }) => ({ sellerId, handle })),
    candidates.flatMap(({ imported }) => imported.variants.flatMap(({ sku }) => sku ?? [])),
    slugs,
  );
  const taken = new Set(known.takenSlugs);
  const decided: Decided[] = [];
  for (const [i, candidate] of candidates.entries()) {
    const { imported, sellerId, key } = candidate;
    const state = known.products.get(key);
    const slug = state?.product.slug ?? freeSlug(slugs[i]!, taken, ports.newId);
    taken.add(slug);
    const errors = skuErrors(run, candidate, state, known.skuOwners);
    const decision: ImportDecision =
      errors.length > 0
        ? { outcome: 'refused', errors }
        : decideImport(imported, {
            current: state?.product,
            shelves: state?.shelves ?? new Map(),
            sellerId,
            slug,
            categoryId: await run.findCategory(imported.type, state?.product.categoryId),
            currency: ports.currency,
            newId: ports.newId,
          });
    decided.push({ candidate, decision, state });
  }
  return decided;
};

const freeSlug = (wanted: string, taken: ReadonlySet<string>, newId: () => string): string => {
  if (wanted !== '' && !taken.has(wanted)) return wanted;
  return `${wanted === '' ? 'p' : wanted}-${newId().slice(-8)}`;
};

/** SKUs that another product of the seller has, in the shop or further up in the file. */
const skuErrors = (
  run: Run,
  { imported, sellerId }: Candidate,
  state: ImportState | undefined,
  owners: ReadonlyMap<string, string>,
): readonly RowError[] =>
  imported.variants.flatMap(({ sku, line }) => {
    if (sku === undefined) return [];
    const key = `${sellerId}/${sku}`;
    const owner = owners.get(key);
    const isTaken = run.seenSkus.has(key) || (owner !== undefined && owner !== state?.product.id);
    run.seenSkus.add(key);
    if (!isTaken) return [];
    const detail = `is the SKU ${sku} of another product`;
    return [{ line, column: 'Variant SKU', code: 'sku_taken', detail, handle: imported.handle }];
  });

/** Stores a batch at once; when something in it is refused, one by one, to find out what. */
const store = async (
  ports: Ports,
  run: Run,
  decided: readonly Decided[],
): Promise<ReadonlyMap<Decided, RowError>> => {
  const failed = new Map<Decided, RowError>();
  const cause = { ...run.cause, now: ports.now() };
  const changed = decided.filter(({ decision }) => decision.outcome !== 'unchanged');
  const save = (some: readonly Decided[]): Promise<void> =>
    ports.batches.save(some.flatMap(toChange), cause);
  if (changed.length === 0) return failed;
  try {
    await save(changed);
  } catch {
    for (const one of changed) {
      try {
        await save([one]);
      } catch (error) {
        failed.set(one, toRowError(error, one.candidate.imported));
      }
    }
  }
  return failed;
};

const toChange = ({ decision, state }: Decided) => {
  if (decision.outcome === 'refused') return [];
  const { product, isChanged, differences, importedQuantities } = decision;
  const version = isChanged ? (state?.version ?? 0) + 1 : undefined;
  return [{ product, version, differences, importedQuantities }];
};

const toRowError = (error: unknown, { line, handle }: ImportedProduct): RowError =>
  error instanceof DomainError
    ? { line, column: null, code: error.code.split('.').at(-1)!, detail: error.message, handle }
    : {
        line,
        column: null,
        code: 'not_stored',
        detail: 'could not be stored; import it again',
        handle,
      };
