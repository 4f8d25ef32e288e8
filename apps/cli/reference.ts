import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { exitCodes } from './exit-codes.ts';
import { createProgram } from './program.ts';

const exitMeanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  ok: 'done',
  failed: 'it failed, or something checked is not well; for `import`, a row was refused',
  usage: 'wrong command, option, setting or input',
  notRunning: 'Plaza does not run on this data folder',
};

/** A command with its path of names, in English and in Spanish. */
type Named = Readonly<{ command: Command; names: readonly string[]; aliases: readonly string[] }>;

const leaves = (command: Command, names: readonly string[], aliases: readonly string[]): Named[] =>
  command.commands.flatMap((child) => {
    const own = [...names, child.name()];
    const other = [...aliases, child.alias() || child.name()];
    const named = { command: child, names: own, aliases: other };
    // One that has options does something by itself, whatever stands below it.
    const isLeaf = child.commands.length === 0 || child.options.length > 0;
    return [...(isLeaf ? [named] : []), ...leaves(child, own, other)];
  });

const argumentsOf = ({ registeredArguments }: Command): string =>
  registeredArguments
    .map((one) => {
      const name = `${one.name()}${one.variadic ? '…' : ''}`;
      return one.required ? ` ${name.toUpperCase()}` : ` [${name.toUpperCase()}]`;
    })
    .join('');

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const commandsOf = (cli: Cli): readonly Named[] =>
  leaves(
    createProgram(cli, () => {}),
    ['plaza'],
    ['plaza'],
  );

const optionsOf = ({ command }: Named): string =>
  command.options.map(({ flags, description }) => `\`${flags}\` ${description}`).join('<br>') ||
  '–';

const commandRow = (named: Named): string =>
  row([
    `\`${named.names.join(' ')}${argumentsOf(named.command)}\``,
    `\`${named.aliases.join(' ')}\``,
    named.command.description(),
    optionsOf(named),
  ]);

/** The page `docs/reference/cli.es.md`: the commands, as they speak of themselves in Spanish. */
export const renderSpanishReference = (cli: Cli): string =>
  [
    '# La línea de comandos',
    '',
    '<!-- Made by apps/cli/reference.ts; cli.unit.test.ts keeps the two equal. -->',
    '',
    'Se usa como `npx plaza …` en la carpeta de Plaza. Los nombres en inglés son los principales; cada ' +
      'nombre en español es el mismo comando. Lo demás está en [cli.md](cli.md).',
    '',
    row(['Comando', 'En español', 'Qué hace', 'Opciones']),
    row(['---', '---', '---', '---']),
    ...commandsOf(cli).map(commandRow),
    '',
  ].join('\n');

/** The page `docs/reference/cli.md`, made from the commands themselves. */
export const renderReference = (cli: Cli): string => {
  return [
    '# The command line',
    '',
    '<!-- Made by apps/cli/reference.ts; cli.unit.test.ts keeps the two equal. -->',
    '',
    'Run it as `npx plaza …` in the folder of Plaza, or as `npm run plaza -- …`. English names are ' +
      'primary; each Spanish name is the same command.',
    '',
    row(['Command', 'En español', 'What it does', 'Options']),
    row(['---', '---', '---', '---']),
    ...commandsOf(cli).map(commandRow),
    '',
    '`-h, --help` works on every command. `plaza seed` adds the example to a shop that has neither ' +
      'products nor orders, and nothing to any other. `plaza seed clear` takes away what it brought and ' +
      'keeps what something of yours needs ([ADR 0033](../adr/0033-the-example-goes-whole.md)); ' +
      'without a terminal it wants `--yes`.',
    '',
    '`plaza get`, `post`, `put` and `delete` ask the API as the operator and print what it answers; ' +
      '`plaza logs tail` begins with the newest records. Completion: `plaza completion bash > ' +
      '~/.local/share/bash-completion/completions/plaza`, `plaza completion zsh > ' +
      '~/.zfunc/_plaza` (a folder of `$fpath`), `plaza completion fish > ' +
      '~/.config/fish/completions/plaza.fish`. It completes the word `plaza`: without a global ' +
      "installation, say `alias plaza='npx plaza'`.",
    '',
    '## Exit codes',
    '',
    row(['Code', 'Meaning']),
    row(['---', '---']),
    ...Object.entries(exitCodes).map(([name, code]) =>
      row([String(code), exitMeanings[name as keyof typeof exitCodes]]),
    ),
    '',
    '## Language, colours, output',
    '',
    '`PLAZA_LANGUAGE` (`es`, `en`), else `LC_ALL`, `LC_MESSAGES`, `LANG`, else English. `NO_COLOR` and ' +
      'a pipe turn colours off. Data go to standard output; progress, warnings and failures to ' +
      'standard error. `-o json` prints one document, and one line an event for `events follow`. ' +
      'Without a terminal nothing is asked.',
    '',
    '## How a command finds Plaza',
    '',
    'By its data folder (`PLAZA_DATA`, else `./data`): a running Plaza keeps `run/plaza.json` there, ' +
      'for its owner only, with its address and a token of half an hour for the operator at the ' +
      'machine. So no command asks for a password, and who can read that folder is the operator. ' +
      'What Plaza logs is in `logs/plaza.log` of the same folder.',
    '',
  ].join('\n');
};
