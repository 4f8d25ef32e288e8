/** The Debian packages of the servers: which are missing, and their installation by root. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';

// The files a package is needed for; postgresql-15 holds the contrib extensions too.
const needs: Readonly<Record<string, readonly string[]>> = {
  'postgresql-15': [
    '/usr/lib/postgresql/15/bin/postgres',
    '/usr/share/postgresql/15/extension/pg_trgm.control',
    '/usr/share/postgresql/15/extension/unaccent.control',
  ],
  'rabbitmq-server': ['/usr/lib/rabbitmq/bin/rabbitmq-server'],
  'redis-server': ['/usr/bin/redis-server'],
};

/** Names the packages whose files are not all there. */
export const missingPackages = (): readonly string[] =>
  Object.entries(needs)
    .filter(([, paths]) => !paths.every((path) => existsSync(path)))
    .map(([name]) => name);

/**
 * Installs what is missing, as root; answers what it installed. Raises with the names and the
 * command for anybody else or when `mayInstall` is false, and with apt's own words when it fails.
 */
export const installPackages = (
  mayInstall: boolean,
  log: (line: string) => void,
): readonly string[] => {
  const missing = missingPackages();
  if (missing.length === 0) return [];
  // Another apt may be at work; a machine that has just started often runs one.
  const patience = ['-o', 'DPkg::Lock::Timeout=120'];
  const quiet = ['-y', '--no-install-recommends'];
  const install = ['apt-get', ...patience, 'install', ...quiet, ...missing];
  if (!mayInstall || process.getuid?.() !== 0) {
    throw new Error(
      `Missing Debian packages: ${missing.join(', ')}. Install them as root:\n  apt-get install ${missing.join(' ')}`,
    );
  }
  log(`Installing ${missing.join(', ')} …`);
  withoutServices(() => {
    if (apt(install).isDone) return;
    // The lists of a fresh image are absent, those of an old one name versions that are gone.
    apt(['apt-get', 'update']);
    const { isDone, output } = apt(install);
    if (!isDone) throw new Error(`${install.join(' ')} failed:\n${output}`);
  });
  const still = missingPackages();
  if (still.length > 0) throw new Error(`apt-get brought no usable ${still.join(', ')}.`);
  return missing;
};

const apt = (command: readonly string[]): { isDone: boolean; output: string } => {
  const { status, error, stdout, stderr } = spawnSync('env', command, {
    encoding: 'utf8',
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DEBIAN_FRONTEND: 'noninteractive' },
    // apt tells a lot.
    maxBuffer: 67_108_864,
  });
  return { isDone: status === 0, output: error?.message ?? `${stdout}${stderr}`.trim() };
};

/**
 * Keeps the packages from starting servers of their own on the standard ports, for as long as they
 * are installed. A policy that is there already stays what it is.
 */
const withoutServices = (work: () => void): void => {
  const policy = '/usr/sbin/policy-rc.d';
  let isOurs = false;
  try {
    writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755, flag: 'wx' });
    isOurs = true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  try {
    work();
  } finally {
    if (isOurs) rmSync(policy, { force: true });
  }
};
