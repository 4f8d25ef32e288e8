import { Argument, Option, type Command } from 'commander';
import { openablePages } from './openable-pages.ts';
import type { ProgramParts } from './program-parts.ts';
import { triggers } from './triggers.ts';

const logLevels = ['debug', 'info', 'warn', 'error', 'fatal'] as const;

const requests = {
  get: async () => ({ default: (await import('./commands/request.ts')).get }),
  post: async () => ({ default: (await import('./commands/request.ts')).post }),
  put: async () => ({ default: (await import('./commands/request.ts')).put }),
  delete: async () => ({ default: (await import('./commands/request.ts')).remove }),
} as const;

/** Pages, records, requests, and what can be made to happen. */
export const addToolCommands = (program: Command, parts: ProgramParts): void => {
  const { help, add, runs, output } = parts;
  runs(
    add(program, 'open', 'abrir', help.open).addArgument(
      new Argument('[page]', help.openPage).choices(openablePages),
    ),
    () => import('./commands/open.ts'),
    'page',
  );
  runs(
    add(program, 'trigger', 'disparar', help.trigger)
      .addArgument(new Argument('<event>', help.triggerEvent).choices(triggers))
      .addOption(output()),
    () => import('./commands/trigger.ts'),
    'event',
  );
  const logs = add(program, 'logs', 'registros', help.logs);
  runs(
    add(logs, 'tail', 'seguir', help.logsTail)
      .option('--service <name>', help.logService)
      .addOption(new Option('--level <level>', help.logLevel).choices(logLevels))
      .option('--correlation <id>', help.logCorrelation)
      .addOption(output()),
    () => import('./commands/logs-tail.ts'),
  );
  for (const method of ['get', 'delete'] as const)
    runs(
      add(program, method, undefined, help[method]).argument('<path>', help.requestPath),
      requests[method],
      'path',
    );
  for (const method of ['post', 'put'] as const)
    runs(
      add(program, method, undefined, help[method])
        .argument('<path>', help.requestPath)
        .argument('[body]', help.requestBody),
      requests[method],
      'path',
      'body',
    );
};
