import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What /proc says of a process and everything that it started. Linux only. */

const parentsByPid = (): ReadonlyMap<number, number> => {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The command stands in brackets and may hold anything; zombies are gone already.
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state !== 'Z') parents.set(Number(name), Number(parent));
    } catch {
      // It ended while we looked.
    }
  }
  return parents;
};

export const treeOf = (root: number): readonly number[] => {
  const parents = parentsByPid();
  if (!parents.has(root)) return [];
  const tree = [root];
  for (const pid of tree)
    for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  return tree;
};

export const isAlive = (pid: number): boolean => parentsByPid().has(pid);

/** Megabytes of a tree: shared pages are counted once, in equal parts. */
export const memoryOf = (root: number): number => {
  const kilobytes = treeOf(root).map((pid) => {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return kilobytes.reduce((a, b) => a + b, 0) / 1024;
};

type Socket = Readonly<{ inode: string; remote: string }>;

const readSockets = (): readonly Socket[] =>
  ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((table) => {
    const lines = readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1);
    return lines.map((line) => {
      const fields = line.trim().split(/\s+/);
      return { inode: fields[9]!, remote: `${table} ${fields[2]!}` };
    });
  });

/** Hexadecimal as the kernel writes it: nobody yet, 127.x.x.x, ::1, ::ffff:127.x.x.x. */
const local = /^\w+ (0{8}|[0-9A-F]{6}7F|0{32}|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F):/;

/** Connections of a tree to anywhere but this machine. */
export const outboundOf = (root: number): readonly string[] => {
  const inodes = new Set<string>();
  for (const pid of treeOf(root)) {
    try {
      for (const fd of readdirSync(`/proc/${pid}/fd`)) {
        const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
        if (inode !== undefined) inodes.add(inode);
      }
    } catch {
      // It ended, or a descriptor was closed, while we looked.
    }
  }
  return readSockets()
    .filter(({ inode, remote }) => inodes.has(inode) && !local.test(remote))
    .map(({ remote }) => remote);
};
