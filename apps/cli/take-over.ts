import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '#shared/platform/config.ts';
import { isOtherPlace } from '#shared/platform/installation.ts';
import { keepSettings, readKeptSettings } from '#shared/platform/kept-settings.ts';
import { placeOfCountry } from '#shared/kernel/shop-places.ts';
import { writeDemoNote } from '../demo/note.ts';
import type { StartedPlaza } from '../server/start-plaza.ts';
import { styled, type Cli } from './cli.ts';
import { holdAddress } from './holding-page.ts';
import { ApiProblem, askJson, readRunFile } from './running.ts';

const clearWithinMs = 120_000;
const clearTries = 20;
const busyMs = 500;

/** What came with the example goes; a filling that was just ended may still hold it for a moment. */
const clearExample = async (dataDirectory: string): Promise<void> => {
  const running = (await readRunFile(dataDirectory))!;
  for (let tries = 1; ; tries++)
    try {
      const signal = AbortSignal.timeout(clearWithinMs);
      await askJson(running, '/api/v1/admin/demo', { method: 'DELETE', body: {}, signal });
      return;
    } catch (error) {
      const isBusy = error instanceof ApiProblem && error.code === 'http.example_busy';
      if (!isBusy || tries === clearTries) throw error;
      await sleep(busyMs);
    }
};

export type TakenOver = Readonly<{ plaza: StartedPlaza; config: Config; withExample: boolean }>;

/**
 * Makes the running shop what the first administrator chose: the example of before goes, and where money,
 * days or tax are others the services begin anew in place. Whatever cuts this off, the choice stays kept
 * until its last step, so that the next start does all of it again; nothing of it minds being done twice.
 * Undefined: it could not, and the shop is what it was.
 */
export const takeOver = async (
  options: Readonly<{
    cli: Cli;
    config: Config;
    plaza: StartedPlaza;
    tell: (line: string) => void;
    start: (config: Config, beforeListening: () => Promise<void>) => Promise<StartedPlaza>;
  }>,
): Promise<TakenOver | undefined> => {
  const { cli, config, plaza, tell, start } = options;
  const { dataDirectory } = config;
  const { country: before, wanted } = readKeptSettings(dataDirectory);
  if (!wanted) return undefined;
  const { country } = wanted;
  // Who operates it may have said that no shop is filled by itself.
  const withExample = wanted.withExample && config.withDemo;
  try {
    await clearExample(dataDirectory);
  } catch (error) {
    await keepSettings(dataDirectory, { country: before, wanted: null });
    const why = error instanceof Error ? error.message : String(error);
    cli.say(`  ${styled('red', '✖')} ${cli.text.takeOverFailed(why)}`);
    return undefined;
  }
  const { demoCountryOf } = await import('../demo/countries/demo-countries.ts');
  const isThere = withExample && demoCountryOf(country) !== undefined;
  await writeDemoNote(dataDirectory, { state: isThere ? 'begun' : 'cleared' });
  const kept = { country, wanted: null };
  if (!isOtherPlace(country, config)) {
    await keepSettings(dataDirectory, kept);
    return { plaza, config, withExample };
  }
  tell(
    `  ${styled('green', '✔')} ${cli.text.takingOver(country, placeOfCountry(country)!.currency)}`,
  );
  const port = Number(new URL(plaza.url).port);
  const release = holdAddress({ ...config, port });
  try {
    await plaza.stop();
    await keepSettings(dataDirectory, kept);
    const next = { ...cli.readConfig(), port };
    return { plaza: await start(next, release), config: next, withExample };
  } finally {
    await release();
  }
};
