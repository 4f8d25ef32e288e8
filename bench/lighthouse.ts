/**
 * The pages of the example shop in Lighthouse, by a fixed protocol: system Chromium, simulated throttling,
 * a fresh profile for each run, the median of `RUNS` (5). A run on a machine that is too busy (benchmark
 * index below 1,000) does not count and is made again; fewer than three that count are a failure.
 *
 *     node bench/lighthouse.ts                  # starts the shop, mobile
 *     ORIGIN=http://localhost:8000 RUNS=1 PAGES=home,cart FORM=desktop node bench/lighthouse.ts
 *
 * Lighthouse is no dependency: it brings 86 packages and 178 MB, and is run by `npm exec` at a pinned version.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  cartPath,
  categoryPath,
  checkoutStepPath,
  homePath,
  productPath,
  searchPath,
} from '../apps/web/addresses.ts';
import { median } from './lib/cpu.ts';
import { fillCart, findProduct, startDemoShop } from './lib/demo-shop.ts';

const version = '13.5.0';
const chromium = process.env['PLAZA_TEST_CHROMIUM'] ?? '/usr/bin/chromium';
const runs = Number(process.env['RUNS'] ?? 5);
const form = process.env['FORM'] === 'desktop' ? 'desktop' : 'mobile';
const only = process.env['PAGES']?.split(',');
const leastBenchmark = 1_000;
const leastCounting = Math.min(3, runs);

type Category = 'performance' | 'accessibility' | 'best-practices' | 'seo';
type Report = Readonly<{
  environment: { benchmarkIndex: number };
  runtimeError?: { message: string };
  categories: Readonly<
    Record<Category, { score: number; auditRefs: readonly { id: string; weight: number }[] }>
  >;
  audits: Readonly<
    Record<string, { score: number | null; numericValue?: number; displayValue?: string }>
  >;
}>;
type Page = Readonly<{
  name: string;
  path: string;
  /** What of the weighted figure it carries: home 17, product 40, listing 43. */
  weight?: number;
  /** Not for search engines, on purpose: that alone is not asked. */
  isUnlisted?: boolean;
  withCart?: boolean;
}>;

const metrics = {
  LCP: 'largest-contentful-paint',
  TBT: 'total-blocking-time',
  CLS: 'cumulative-layout-shift',
  FCP: 'first-contentful-paint',
} as const;

const run = promisify(execFile);

const examine = async (url: string, page: Page, cookie: string): Promise<Report | undefined> => {
  const folder = mkdtempSync(join(tmpdir(), 'plaza-lighthouse-'));
  const output = join(folder, 'report.json');
  const args = [
    'exec',
    '--yes',
    `--package=lighthouse@${version}`,
    '--',
    'lighthouse',
    url,
    '--quiet',
    '--no-enable-error-reporting',
    '--output=json',
    `--output-path=${output}`,
    '--only-categories=performance,accessibility,best-practices,seo',
    '--chrome-flags=--headless=new --no-sandbox --disable-gpu',
    ...(form === 'desktop' ? ['--preset=desktop'] : []),
    ...(page.isUnlisted ? ['--skip-audits=is-crawlable'] : []),
    ...(page.withCart ? [`--extra-headers=${JSON.stringify({ Cookie: cookie })}`] : []),
  ];
  try {
    await run('npm', args, { env: { ...process.env, CHROME_PATH: chromium } });
    return JSON.parse(readFileSync(output, 'utf8')) as Report;
  } catch (error) {
    // On a machine that is too busy the browser loses its trace.
    console.error((error as Error).message.split('\n').at(-2));
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** As many runs as count; undefined when too few do. */
const examineOften = async (url: string, page: Page, cookie: string) => {
  const reports: Report[] = [];
  for (let tries = 0; reports.length < runs && tries < runs * 2; tries++) {
    const report = await examine(url, page, cookie);
    if (report === undefined) continue;
    assert.equal(report.runtimeError, undefined, `${url}: ${report.runtimeError?.message}`);
    if (report.environment.benchmarkIndex >= leastBenchmark) reports.push(report);
  }
  if (reports.length < leastCounting) return undefined;
  const score = (category: Category): number =>
    Math.round(median(reports.map(({ categories }) => categories[category].score)) * 100);
  const value = (id: string): number =>
    median(reports.map(({ audits }) => audits[id]?.numericValue ?? 0));
  const failed = (['accessibility', 'best-practices', 'seo'] as const).flatMap((category) =>
    reports[0]!.categories[category].auditRefs
      .filter(({ id, weight }) => weight > 0 && (reports[0]!.audits[id]?.score ?? 1) < 1)
      .map(({ id }) => id),
  );
  return {
    page,
    counted: reports.length,
    failed,
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractices: score('best-practices'),
    seo: score('seo'),
    lcp: value(metrics.LCP),
    tbt: value(metrics.TBT),
    cls: value(metrics.CLS),
    fcp: value(metrics.FCP),
    benchmark: median(reports.map(({ environment }) => environment.benchmarkIndex)),
  };
};
type Examined = NonNullable<Awaited<ReturnType<typeof examineOften>>>;

const line = (examined: Examined): string => {
  const { page, performance, accessibility, bestPractices, seo, lcp, tbt, cls, fcp } = examined;
  const figures = [
    `${(fcp / 1_000).toFixed(1)} s`,
    `${(lcp / 1_000).toFixed(1)} s`,
    `${Math.round(tbt)} ms`,
    cls.toFixed(3),
    String(Math.round(examined.benchmark)),
    String(examined.counted),
  ];
  const scores = [performance, accessibility, bestPractices, seo];
  return `| ${[page.name, ...scores, ...figures].join(' | ')} |`;
};

if (!existsSync(chromium)) {
  console.error(`There is no ${chromium}.`);
  process.exit(2);
}
const shop = await startDemoShop();
try {
  const product = await findProduct(shop.origin);
  const cookie = await fillCart(shop.origin, product.variantId);
  const pages: readonly Page[] = [
    { name: 'home', path: homePath('es'), weight: 17 },
    { name: 'category', path: categoryPath('es', 'hogar'), weight: 43 },
    { name: 'search', path: `${searchPath('es')}?q=cafe`, isUnlisted: true },
    { name: 'product', path: productPath('es', product), weight: 40 },
    { name: 'cart', path: cartPath('es'), isUnlisted: true, withCart: true },
    { name: 'checkout', path: checkoutStepPath('es', 'details'), isUnlisted: true, withCart: true },
    { name: 'sign-in', path: '/entrar', isUnlisted: true },
  ];
  console.log(`Lighthouse ${version}, ${form}, load average ${loadavg()[0]!.toFixed(1)}\n`);
  console.log('| page | perf. | a11y | best pr. | SEO | FCP | LCP | TBT | CLS | index | runs |');
  console.log('|---|---|---|---|---|---|---|---|---|---|---|');
  const all: Examined[] = [];
  for (const page of pages) {
    if (only && !only.includes(page.name)) continue;
    const examined = await examineOften(shop.origin + page.path, page, cookie);
    if (examined === undefined) {
      console.log(`| ${page.name} | not measured: the machine is too busy |`);
      process.exitCode = 1;
      continue;
    }
    all.push(examined);
    console.log(line(examined));
    if (examined.failed.length > 0) console.log(`  not passed: ${examined.failed.join(', ')}`);
  }
  const weighted = all.filter(({ page }) => page.weight !== undefined);
  const weight = weighted.reduce((sum, { page }) => sum + page.weight!, 0);
  if (weight > 0) {
    const sum = weighted.reduce((total, one) => total + one.performance * one.page.weight!, 0);
    console.log(
      `\nweighted ${(sum / weight).toFixed(1)}; load average ${loadavg()[0]!.toFixed(1)}`,
    );
  }
} finally {
  await shop.stop();
}
