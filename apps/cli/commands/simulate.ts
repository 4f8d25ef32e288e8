import { readFileSync } from 'node:fs';
import { Value } from 'typebox/value';
import { currencies } from '../../simulator/mercado-pago/amounts.ts';
import {
  behaviourSchema,
  chaos,
  type BehaviourChange,
} from '../../simulator/mercado-pago/behaviour.ts';
import { defaults, startSimulator } from '../../simulator/mercado-pago/simulator.ts';
import { CliError, printJson, styled, type Cli, type Command, type Output } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';

type Options = Output &
  Readonly<{
    port: string;
    currency: string;
    books?: string;
    notify?: string;
    behaviour?: string;
    chaos?: boolean;
    seed?: string;
  }>;

const wrong = (message: string): CliError => new CliError(message, exitCodes.usage);
const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const readBehaviourFile = ({ text }: Cli, path: string): BehaviourChange => {
  let found: unknown;
  try {
    found = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw wrong(text.simulator.behaviourWrong(reasonOf(error)));
  }
  const [first] = Value.Errors(behaviourSchema, found);
  if (first) throw wrong(text.simulator.behaviourWrong(`${first.instancePath} ${first.message}`));
  return found as BehaviourChange;
};

const readSettings = (cli: Cli, options: Options) => {
  const { simulator } = cli.text;
  const { port, seed, currency, notify, books } = options;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw wrong(simulator.portWrong);
  if (seed !== undefined && !(/^\d{1,10}$/.test(seed) && Number(seed) < 2 ** 32))
    throw wrong(simulator.seedWrong);
  if (!currencies.includes(currency)) throw wrong(simulator.currencyWrong(currencies.join(', ')));
  if (notify !== undefined && !/^https?:$/.test(URL.parse(notify)?.protocol ?? ''))
    throw wrong(simulator.notifyWrong);
  return {
    port: Number(port),
    currency,
    behaviour: {
      ...(options.chaos ? chaos : {}),
      ...(options.behaviour === undefined ? {} : readBehaviourFile(cli, options.behaviour)),
      ...(seed === undefined ? {} : { seed: Number(seed) }),
    },
    ...(books === undefined ? {} : { journalPath: books }),
    ...(notify === undefined ? {} : { panelUrl: notify }),
  };
};

/** Runs the simulator of Mercado Pago until it is interrupted. */
const simulateMercadoPago: Command<Options> = async (cli, options) => {
  const { simulator } = cli.text;
  const settings = readSettings(cli, options);
  // Heard from the first moment: somebody may lose patience while it starts.
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const running = await startSimulator(settings).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') throw wrong(simulator.portBusy(options.port));
    if (error.code !== undefined || error instanceof SyntaxError)
      throw wrong(simulator.booksWrong(reasonOf(error)));
    throw error;
  });
  const { accessToken, webhookSecret, applicationId, clientSecret } = defaults;
  if (options.output === 'json') {
    printJson(cli, {
      url: running.url,
      access_token: accessToken,
      webhook_secret: webhookSecret,
      application_id: applicationId,
      client_secret: clientSecret,
    });
  } else {
    const rows = [
      [simulator.url, running.url],
      [simulator.pages, `${running.url}/books?lang=${cli.language}`],
      [simulator.accessToken, accessToken],
      [simulator.webhookSecret, webhookSecret],
      [simulator.applicationId, applicationId],
      [simulator.clientSecret, clientSecret],
    ] as const;
    const width = Math.max(...rows.map(([name]) => name.length));
    cli.print(simulator.title);
    cli.print();
    for (const [name, value] of rows)
      cli.print(`  ${styled('gray', name.padEnd(width))}  ${value}`);
    cli.print();
    cli.print(simulator.howToStop);
  }
  await stopped;
  await running.close();
  return exitCodes.ok;
};

export default simulateMercadoPago;
