import { spawnSync } from 'node:child_process';

/** A chain of our own, so that what a machine filters besides is not touched. */
const chain = 'PLAZA_CHAOS';

const iptables = (...args: readonly string[]): boolean =>
  spawnSync('iptables', ['-w', ...args], { stdio: 'ignore' }).status === 0;

/** How the way to a port is broken: no request arrives, no answer returns, both, or some are lost. */
export type Cut = 'requests' | 'answers' | 'both' | 'lossy';

const lost = ['-m', 'statistic', '--mode', 'random', '--probability', '0.3'];
const rulesOf: Readonly<Record<Cut, readonly (readonly [string, ...string[]])[]>> = {
  requests: [['--dport']],
  answers: [['--sport']],
  both: [['--dport'], ['--sport']],
  lossy: [
    ['--dport', ...lost],
    ['--sport', ...lost],
  ],
};

/** Whether this user may filter packets. */
export const canCut = (): boolean => iptables('-S');

/** Makes every way whole again. */
export const mendNetwork = (): void => {
  iptables('-D', 'INPUT', '-i', 'lo', '-j', chain);
  iptables('-F', chain);
  iptables('-X', chain);
};

/** Breaks the way to a port of this machine; packets vanish, as when a cable is pulled. */
export const cutNetwork = (port: number, cut: Cut): void => {
  mendNetwork();
  const rules = rulesOf[cut].map(([side, ...rest]) => [side, String(port), ...rest, '-j', 'DROP']);
  const isCut =
    iptables('-N', chain) &&
    rules.every((rule) => iptables('-A', chain, '-p', 'tcp', ...rule)) &&
    iptables('-I', 'INPUT', '-i', 'lo', '-j', chain);
  if (!isCut) throw new Error('iptables refused: chaos in the network needs root and iptables');
};
