import { globSync, readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;

type Stat = Readonly<{ pid: number; parent: number; ticks: number }>;

/** Fields of proc(5): 4 parent, 14–17 user and system time, own and of children waited for. */
const readStat = (path: string): Stat | undefined => {
  try {
    const text = readFileSync(path, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [utime, stime, cutime, cstime] = fields.slice(11, 15).map(Number);
    const ticks = utime! + stime! + cutime! + cstime!;
    return { pid: Number(text.split(' ', 1)[0]), parent: Number(fields[1]), ticks };
  } catch {
    return undefined; // It ended while we looked.
  }
};

/** Process ids of `root` and everything below it. */
export const processTree = (root: number): readonly number[] => {
  const stats = globSync('/proc/[0-9]*/stat').flatMap((path) => readStat(path) ?? []);
  const tree = new Set([root]);
  for (let before = 0; before !== tree.size;) {
    before = tree.size;
    for (const { pid, parent } of stats) if (tree.has(parent)) tree.add(pid);
  }
  return [...tree];
};

/** CPU time that `root` and all below it have used, in milliseconds; those that ended count too. */
export const treeCpuMs = (root: number): number =>
  processTree(root).reduce(
    (sum, pid) => sum + ((readStat(`/proc/${pid}/stat`)?.ticks ?? 0) * 1000) / ticksPerSecond,
    0,
  );

/** CPU time of the processes directly below `root`: PostgreSQL's, with all its connections. */
export const childrenCpuMs = (root: number): number =>
  processTree(root)
    .slice(1)
    .reduce(
      (sum, pid) => sum + ((readStat(`/proc/${pid}/stat`)?.ticks ?? 0) * 1000) / ticksPerSecond,
      0,
    );

/** CPU time of a process's threads of this name, in milliseconds; those that ended are lost. */
export const threadsCpuMs = (pid: number, name: string): number =>
  readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => {
    const at = `/proc/${pid}/task/${thread}`;
    if (readFileSync(`${at}/comm`, 'utf8').trim() !== name) return sum;
    return sum + Number(readFileSync(`${at}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  }, 0);

/** CPU time of this process, in milliseconds. */
export const ownCpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Does `one` for each of the numbers, 8 at a time; CPU for one of them, in milliseconds. */
export const costOfEach = async (
  numbers: readonly number[],
  cpuMs: () => number,
  one: (n: number) => Promise<unknown>,
): Promise<number> => {
  const before = cpuMs();
  const left = [...numbers];
  const work = async (): Promise<void> => {
    for (let n = left.pop(); n !== undefined; n = left.pop()) await one(n);
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return (cpuMs() - before) / numbers.length;
};

/** Memory of the tree in MB; shared pages count once (proportional set size). */
export const treeMemoryMb = (root: number): number =>
  processTree(root).reduce((sum, pid) => {
    try {
      const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      return sum + Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1024;
    } catch {
      return sum;
    }
  }, 0);

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};
