/** The floor of a read: bare Fastify that answers bytes it is given from memory. */
import { fork } from 'node:child_process';
import Fastify from 'fastify';

const paths = new Map<string, Buffer>();

if (process.send && process.argv[2] === 'floor') {
  const app = Fastify();
  app.get('/bytes/:name', (request, reply) => {
    const { name } = request.params as { name: string };
    return reply.type('application/json; charset=utf-8').send(paths.get(name));
  });
  process.on('message', ({ name, body }: { name: string; body: string }) => {
    paths.set(name, Buffer.from(body));
    process.send!('set');
  });
  await app.listen({ port: 18180, host: '127.0.0.1' });
  process.send('ready');
}

/** Starts the floor as a process of its own, as the platform is one. */
export const startFloor = async () => {
  const child = fork(new URL(import.meta.url), ['floor']);
  const next = (): Promise<unknown> => new Promise((resolve) => child.once('message', resolve));
  await next();
  return {
    url: 'http://127.0.0.1:18180',
    pid: child.pid!,
    async serve(name: string, body: string): Promise<string> {
      const set = next();
      child.send({ name, body });
      await set;
      return `/bytes/${name}`;
    },
    stop: () => child.kill(),
  };
};
