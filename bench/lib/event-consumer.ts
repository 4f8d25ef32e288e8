/** The consumer of bench/events.ts, in a process of its own as a context has one. */
import { consume, now, openPool, readServers, startBus } from './event-system.ts';

const servers = readServers();
const bus = startBus(servers);
let done: [n: number, at: number][] = [];
consume(bus, openPool(servers), (n) => void done.push([n, now()]));
await bus.ready();
setInterval(() => {
  if (done.length === 0) return;
  process.send!(done);
  done = [];
}, 100);
process.once('disconnect', () => process.exit());
process.send!('ready');
