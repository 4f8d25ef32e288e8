#!/usr/bin/env node
// Plain JavaScript on purpose: it runs on the Node that the host has, and finds the one Plaza needs.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const needed = 26;
const main = join(dirname(fileURLToPath(import.meta.url)), 'main.ts');

/** The Node of the project: in `node_modules/.bin`, beside this package or of a folder above. */
const findOwnNode = () => {
  for (let folder = dirname(main); ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', '.bin', 'node');
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
};

const isSpanish = /^es/i.test(
  process.env.PLAZA_LANGUAGE ||
    process.env.LC_ALL ||
    process.env.LC_MESSAGES ||
    process.env.LANG ||
    '',
);

if (Number(process.versions.node.split('.')[0]) >= needed) {
  await import('./main.ts');
} else {
  const node = findOwnNode();
  // A Node that does not start says nothing about itself: the sentence below does.
  const child =
    node === undefined
      ? undefined
      : spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  const giveUp = () => {
    console.error(
      isSpanish
        ? `Plaza necesita Node ${needed}, que viene con ella, y este es Node ${process.versions.node}. Ejecuta "npm ci" sin --omit=optional en la carpeta de Plaza, o instala Node ${needed}.`
        : `Plaza needs Node ${needed}, which comes with it, and this is Node ${process.versions.node}. Run "npm ci" without --omit=optional in the folder of Plaza, or install Node ${needed}.`,
    );
    process.exit(1);
  };
  if (child === undefined) giveUp();
  else {
    child.on('error', giveUp);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.on(signal, () => child.kill(signal));
    child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
  }
}
