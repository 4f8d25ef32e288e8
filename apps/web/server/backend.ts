import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/** A request for the API, as somebody at an address made it. */
export type BackendRequest = Readonly<{
  method: string;
  /** With its query. */
  path: string;
  headers: Readonly<Record<string, string>>;
  body?: Buffer | Readable | undefined;
  /** Whose limits count: the visitor's, and not ours. */
  clientAddress: string;
}>;

export type BackendAnswer = Readonly<{
  status: number;
  headers: IncomingHttpHeaders;
  body: Readable;
}>;

/** Asks the API; raises when nobody answers. */
export type Backend = (request: BackendRequest) => Promise<BackendAnswer>;

/** The API of this very process, without a socket. */
export const backendHere =
  (app: FastifyInstance): Backend =>
  async ({ method, path, headers, body, clientAddress }) => {
    const answer = await app.inject({
      method: method as 'GET',
      url: path,
      headers: { ...headers },
      remoteAddress: clientAddress,
      payloadAsStream: true,
      ...(body === undefined ? {} : { payload: body }),
    });
    return {
      status: answer.statusCode,
      headers: answer.headers as IncomingHttpHeaders,
      body: answer.stream(),
    };
  };

const withinMs = 30_000;

/** The API behind the gateway at `baseUrl`, which must believe our `X-Forwarded-For`. */
export const backendAt =
  (baseUrl: string): Backend =>
  ({ method, path, headers, body, clientAddress }) =>
    new Promise((resolve, reject) => {
      const send = baseUrl.startsWith('https:') ? httpsRequest : httpRequest;
      const outgoing = send(
        new URL(path, baseUrl),
        {
          method,
          headers: {
            ...headers,
            'x-forwarded-for': clientAddress,
            ...(Buffer.isBuffer(body) ? { 'content-length': String(body.length) } : {}),
          },
          timeout: withinMs,
        },
        (answer) =>
          resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: answer }),
      );
      outgoing.once('timeout', () => outgoing.destroy(new Error('the API took too long')));
      outgoing.once('error', reject);
      if (body === undefined || Buffer.isBuffer(body)) outgoing.end(body);
      else body.once('error', (error) => outgoing.destroy(error)).pipe(outgoing);
    });

const largestAnswer = 8 * 1024 * 1024;

/** The whole of an answer that a page reads, and no more than a page could. */
export const readAll = async (body: Readable): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += (chunk as Buffer).length;
    if (size > largestAnswer) throw new Error('the answer of the API is larger than any page');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
};
