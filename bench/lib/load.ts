import { connect } from 'node:net';

/**
 * Asks for `path` over `connections` kept sockets as fast as answers come, for `ms`; answers
 * requests per second and latencies. Raw sockets, so that the client costs little beside what it
 * measures; answers must have a Content-Length.
 */
export const load = async (
  url: string,
  paths: readonly string[],
  connections: number,
  ms: number,
): Promise<Readonly<{ perSecond: number; p50Ms: number; p99Ms: number }>> => {
  const { hostname, port } = new URL(url);
  const requests = paths.map((path) =>
    Buffer.from(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`),
  );
  const latencies: number[] = [];
  const end = performance.now() + ms;
  let turn = 0;

  const run = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname);
      socket.setNoDelay(true);
      let sentAt = 0;
      let missing = 0;
      const send = (): void => {
        sentAt = performance.now();
        socket.write(requests[turn++ % requests.length]!);
      };
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('data', (chunk: Buffer) => {
        if (missing === 0) {
          const headEnd = chunk.indexOf('\r\n\r\n');
          const head = chunk.toString('latin1', 0, headEnd);
          if (!head.startsWith('HTTP/1.1 200')) return reject(new Error(head.slice(0, 200)));
          const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
          missing = length + headEnd + 4;
        }
        missing -= chunk.length;
        if (missing > 0) return;
        const now = performance.now();
        latencies.push(now - sentAt);
        if (now < end) return send();
        socket.destroy();
        resolve();
      });
    });

  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, run));
  const seconds = (performance.now() - start) / 1000;
  const sorted = Float64Array.from(latencies).toSorted();
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { perSecond: latencies.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
};
