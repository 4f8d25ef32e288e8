import type { Server } from 'node:http';
import type { Config } from './config.ts';

const local = ['127.0.0.1', '0.0.0.0', '::1', '::'];

/** Where this process listens, as a person on this machine reaches it; before it does, where it will. */
export const listeningUrl = (server: Server, { host, port }: Config): string => {
  const address = server.address();
  const listening = typeof address === 'object' && address ? address.port : port;
  return `http://${local.includes(host) ? 'localhost' : host}:${listening}`;
};
