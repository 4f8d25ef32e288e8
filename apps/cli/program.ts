import { Argument, Command, CommanderError, Option } from 'commander';
import { ConfigError } from '#shared/platform/config.ts';
import { CliError, type Cli } from './cli.ts';
import { shells } from './completion.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { addKeyCommands } from './key-commands.ts';
import type { Loader, ProgramParts } from './program-parts.ts';
import { ApiProblem } from './running.ts';
import { statusFormats } from './status-formats.ts';
import { addToolCommands } from './tool-commands.ts';

/** Each command's code is loaded when it is run: `plaza start` must speak at once. */
const commands = {
  start: () => import('./commands/start.ts'),
  stop: () => import('./commands/stop.ts'),
  status: () => import('./commands/status.ts'),
  seed: () => import('./commands/seed.ts'),
  seedClear: () => import('./commands/seed-clear.ts'),
  import: () => import('./commands/import.ts'),
  export: () => import('./commands/export.ts'),
  doctor: () => import('./commands/doctor.ts'),
  auditVerify: () => import('./commands/audit-verify.ts'),
  ledgerVerify: () => import('./commands/ledger-verify.ts'),
  ledgerExport: () => import('./commands/ledger-export.ts'),
  ledgerVerifyExport: () => import('./commands/ledger-verify-export.ts'),
  reconcile: () => import('./commands/reconcile.ts'),
  adminCreate: () => import('./commands/admin-create.ts'),
  secretRotate: () => import('./commands/secret-rotate.ts'),
  secretForget: () => import('./commands/secret-forget.ts'),
  eventsFollow: () => import('./commands/events-follow.ts'),
  eventsDeadLetters: () => import('./commands/events-dead-letters.ts'),
  eventsReplay: () => import('./commands/events-replay.ts'),
  simulateMercadoPago: () => import('./commands/simulate.ts'),
  completion: () => import('./commands/completion.ts'),
  version: () => import('./commands/version.ts'),
} as const;

/** The commands with their Spanish names, as one table: the reference is made from it too. */
export const createProgram = (cli: Cli, onDone: (code: ExitCode) => void): Command => {
  const { help, usage } = cli.text;
  const program = new Command('plaza');
  const settle = (command: Command): Command =>
    command
      .exitOverride()
      .helpOption('-h, --help', usage.help)
      .helpCommand(false)
      .allowExcessArguments(false)
      .showSuggestionAfterError(false)
      .configureHelp({ styleTitle: (title) => usage.titles[title] ?? title })
      .configureOutput({
        outputError: () => {},
        writeOut: (text) => cli.print(text.trimEnd()),
        writeErr: (text) => cli.say(text.trimEnd()),
      });
  const add = (parent: Command, name: string, alias: string | undefined, text: string) => {
    const command = settle(parent.command(name).description(text));
    return alias === undefined ? command : command.alias(alias);
  };
  const runs = (command: Command, load: Loader, ...names: readonly string[]): Command =>
    command.action(async (...given: unknown[]) => {
      const { default: run } = await load();
      const typed = Object.fromEntries(names.map((name, i) => [name, given[i]]));
      const options = { ...command.opts<Record<string, unknown>>(), ...typed };
      onDone(await run(cli, options as never));
    });
  const output = (formats: readonly string[] = ['text', 'json']): Option =>
    new Option('-o, --output <format>', help.output).choices(formats).default('text');

  const parts: ProgramParts = { help, add, runs, output };

  // An option is of the command behind which it stands.
  settle(program).description(help.program).enablePositionalOptions();
  runs(
    add(program, 'start', 'iniciar', help.start)
      .argument('[targets...]', help.startTargets)
      .option('--json', help.startJson),
    commands.start,
    'targets',
  );
  runs(add(program, 'stop', 'detener', help.stop), commands.stop);
  runs(
    add(program, 'status', 'estado', help.status).addOption(output(statusFormats)),
    commands.status,
  );
  const seed = add(program, 'seed', 'sembrar', help.seed).enablePositionalOptions();
  runs(
    seed.option('--pais, --country <code>', help.seedCountry).addOption(output()),
    commands.seed,
  );
  runs(
    add(seed, 'clear', 'limpiar', help.seedClear).option('--yes', help.yes).addOption(output()),
    commands.seedClear,
  );
  runs(
    add(program, 'import', 'importar', help.import)
      .argument('<files...>', help.importFiles)
      .option('--dry-run', help.dryRun)
      .option('--seller <id>', help.seller)
      .addOption(output()),
    commands.import,
    'files',
  );
  runs(
    add(program, 'export', 'exportar', help.export).argument('[file]', help.exportFile),
    commands.export,
    'file',
  );
  runs(add(program, 'doctor', undefined, help.doctor).addOption(output()), commands.doctor);
  const admin = add(program, 'admin', undefined, help.admin);
  runs(
    add(admin, 'create', 'crear', help.adminCreate)
      .argument('<email>', help.email)
      .option('--username <name>', help.username)
      .option('--password-stdin', help.passwordStdin)
      .addOption(output()),
    commands.adminCreate,
    'email',
  );
  addKeyCommands(program, parts);
  const audit = add(program, 'audit', 'auditoria', help.audit);
  runs(
    add(audit, 'verify', 'verificar', help.auditVerify)
      .option('--head <link>', help.auditHead)
      .addOption(output()),
    commands.auditVerify,
  );
  const secret = add(program, 'secret', 'secreto', help.secret);
  runs(add(secret, 'rotate', 'cambiar', help.secretRotate), commands.secretRotate);
  runs(add(secret, 'forget', 'olvidar', help.secretForget), commands.secretForget);
  const ledger = add(program, 'ledger', 'libros', help.ledger);
  runs(
    add(ledger, 'verify', 'verificar', help.ledgerVerify)
      .option('--head <link>', help.ledgerHead)
      .addOption(output()),
    commands.ledgerVerify,
  );
  runs(
    add(ledger, 'export', 'exportar', help.ledgerExport)
      .argument('[file]', help.ledgerFile)
      .addOption(
        new Option('--format <format>', help.ledgerFormat).choices(['json', 'csv']).default('json'),
      )
      .option('--from <date>', help.ledgerFrom)
      .option('--to <date>', help.ledgerTo),
    commands.ledgerExport,
    'file',
  );
  runs(
    add(ledger, 'verify-export', 'verificar-exportacion', help.verifyExport)
      .argument('<file>', help.signedFile)
      .option('--key <jwk>', help.exportKey)
      .addOption(output()),
    commands.ledgerVerifyExport,
    'file',
  );
  runs(
    add(program, 'reconcile', 'conciliar', help.reconcile)
      .option('--from <date>', help.ledgerFrom)
      .option('--to <date>', help.ledgerTo)
      .addOption(output()),
    commands.reconcile,
  );
  const events = add(program, 'events', 'eventos', help.events);
  runs(
    add(events, 'follow', 'seguir', help.eventsFollow)
      .option('--type <pattern>', help.eventType)
      .option('--correlation <id>', help.correlation)
      .addOption(output()),
    commands.eventsFollow,
  );
  runs(
    add(events, 'dead-letters', 'muertos', help.eventsDeadLetters).addOption(output()),
    commands.eventsDeadLetters,
  );
  runs(
    add(events, 'replay', 'repetir', help.eventsReplay)
      .argument('[ids...]', help.deadLetterIds)
      .option('--all', help.replayAll)
      .addOption(output()),
    commands.eventsReplay,
    'ids',
  );
  const simulate = add(program, 'simulate', 'simular', help.simulate);
  runs(
    add(simulate, 'mercadopago', undefined, help.simulateMercadoPago)
      .option('--port <number>', help.simulatePort, '8390')
      .option('--books <file>', help.simulateBooks)
      .option('--currency <code>', help.simulateCurrency, 'COP')
      .option('--notify <url>', help.simulateNotify)
      .option('--behaviour <file>', help.simulateBehaviour)
      .option('--chaos', help.simulateChaos)
      .option('--seed <number>', help.simulateSeed)
      .addOption(output()),
    commands.simulateMercadoPago,
  );
  addToolCommands(program, parts);
  runs(
    add(program, 'completion', 'autocompletar', help.completion).addArgument(
      new Argument('<shell>', help.shell).choices(shells),
    ),
    commands.completion,
    'shell',
  );
  runs(add(program, 'version', undefined, help.version).addOption(output()), commands.version);
  return program;
};

/** What was wrong with the words typed, in the person's language. */
const usageFault = ({ usage }: Cli['text'], error: CommanderError): string => {
  const name = /'([^']+)'/.exec(error.message)?.[1]?.split(' ', 1)[0] ?? '';
  switch (error.code) {
    case 'commander.unknownCommand':
      return usage.unknownCommand(name);
    case 'commander.unknownOption':
      return usage.unknownOption(name);
    case 'commander.missingMandatoryOptionValue':
      return usage.missingOption(/'([^']+)'/.exec(error.message)?.[1] ?? name);
    case 'commander.missingArgument':
      return usage.missingArgument(name);
    case 'commander.optionMissingArgument':
      return usage.missingValue(/'([^']+)'/.exec(error.message)?.[1] ?? name);
    case 'commander.invalidArgument':
      return usage.invalidValue(/'([^']+)'/.exec(error.message)?.[1] ?? name);
    case 'commander.excessArguments':
      return usage.excessArguments;
    default:
      return usage.commandNeeded;
  }
};

/** Whether a request did not reach anybody: the process ended while the command ran. */
const isUnreachable = (error: unknown): boolean =>
  error instanceof TypeError && error.message === 'fetch failed';

const reportFailure = (cli: Cli, error: unknown): ExitCode => {
  const { text } = cli;
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.ok;
    cli.say(usageFault(text, error));
    cli.say(text.usage.seeHelp);
    return exitCodes.usage;
  }
  if (error instanceof CliError) {
    cli.say(error.message);
    return error.exitCode;
  }
  if (error instanceof ConfigError) {
    cli.say(text.configurationWrong);
    for (const fault of error.faults) cli.say(`  ${fault}`);
    return exitCodes.usage;
  }
  if (error instanceof ApiProblem) {
    const known = [...error.reasons, error.code].map((code) => text.problems[code]).find(Boolean);
    cli.say(known ?? text.refused(error.message, error.code));
    return exitCodes.failed;
  }
  if (isUnreachable(error)) {
    cli.say(text.eventsEnded);
    return exitCodes.notRunning;
  }
  cli.say(text.unexpected(error instanceof Error ? error.message : String(error)));
  return exitCodes.failed;
};

/** Runs one command line to its end and answers the exit code; never throws. */
export const runProgram = async (cli: Cli, args: readonly string[]): Promise<ExitCode> => {
  let code: ExitCode = exitCodes.ok;
  try {
    await createProgram(cli, (done) => (code = done)).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return reportFailure(cli, error);
  }
};
