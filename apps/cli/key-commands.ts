import { Option, type Command } from 'commander';
import type { ProgramParts } from './program-parts.ts';

/** The keys of accounts. */
export const addKeyCommands = (program: Command, parts: ProgramParts): void => {
  const { help, add, runs, output } = parts;
  const email = (): Option => new Option('--email <address>', help.keysEmail);
  const keys = add(program, 'keys', 'claves', help.keys);
  runs(
    add(keys, 'list', 'listar', help.keysList).addOption(email()).addOption(output()),
    () => import('./commands/keys-list.ts'),
  );
  runs(
    add(keys, 'create', 'crear', help.keysCreate)
      .requiredOption('--name <name>', help.keyName)
      .requiredOption('--scopes <list>', help.keyScopes)
      .option('--days <number>', help.keyDays)
      .addOption(email())
      .addOption(output()),
    () => import('./commands/keys-create.ts'),
  );
  runs(
    add(keys, 'rotate', 'rotar', help.keysRotate)
      .argument('<key>', help.keyWhich)
      .addOption(email())
      .addOption(output()),
    () => import('./commands/keys-rotate.ts'),
    'key',
  );
  runs(
    add(keys, 'revoke', 'anular', help.keysRevoke)
      .argument('<key>', help.keyWhich)
      .addOption(email()),
    () => import('./commands/keys-revoke.ts'),
    'key',
  );
};
