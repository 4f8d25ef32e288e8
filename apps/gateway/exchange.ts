import type { FastifyReply, FastifyRequest } from 'fastify';
import { httpError } from '#shared/http/errors.ts';
import type { AnswerHead } from './answer-parser.ts';
import type { Connection } from './connections.ts';
import { passAnswerHeaders, type BodyFraming } from './headers.ts';

/** How long things may take; all in milliseconds. */
export type ExchangeLimits = Readonly<{
  /** Neither side sends or takes a byte. */
  silentMs: number;
  /** From the first byte of the request to the last of the answer. */
  wholeMs: number;
  /** After so long without an answer somebody looks whether the service is there. */
  doubtMs: number;
}>;

export type ExchangeOptions = Readonly<{
  request: FastifyRequest;
  reply: FastifyReply;
  head: string;
  framing: BodyFraming;
  bodyBytesMax: number;
  limits: ExchangeLimits;
  onDoubt: () => void;
  /** Given when the client has asked for another protocol: the service has agreed. */
  onUpgrade?: (answer: AnswerHead, rest: Buffer) => void;
  /** Adds what the gateway itself says to every answer. */
  finishHead: (request: FastifyRequest, reply: FastifyReply) => void;
  /** The exchange is over, and the connection may carry the next one. */
  onFree: () => void;
}>;

const oneWriteBytes = 15_000;

/** The service took the request, or may have, and no answer began. */
export class NotAnswered extends Error {
  override readonly name = 'NotAnswered';
  /** There is no body that could be gone by now. */
  readonly isBodyWhole: boolean;
  readonly isTimeout: boolean;

  constructor(message: string, isBodyWhole: boolean, isTimeout = false) {
    super(message);
    this.isBodyWhole = isBodyWhole;
    this.isTimeout = isTimeout;
  }
}

/** The client stopped in the middle of its body: 408, as Node answers for a late head. */
class BodyLate extends Error {
  override readonly name = 'BodyLate';
  readonly statusCode = 408;
}

const writeHead = (
  { status, headers }: AnswerHead,
  { request, reply, finishHead }: ExchangeOptions,
) => {
  const { raw } = reply;
  const seen: string[] = [];
  passAnswerHeaders(headers, (name, value) => {
    if (seen.includes(name)) raw.appendHeader(name, value);
    else raw.setHeader(name, value);
    seen.push(name);
  });
  finishHead(request, reply);
  raw.writeHead(status);
};

/**
 * Sends a request over `connection` and its answer to the client, as both come: nothing is held but
 * what a slow reader has not taken yet. Resolves when the answer has begun, or when the client has
 * gone; raises `NotAnswered`, or, for a body in the middle, `http.too_large` and `BodyLate`: those say
 * nothing of the service. An answer that breaks off later breaks the client's connection too: its
 * end must not look like one.
 */
export const exchange = (
  connection: Connection,
  options: ExchangeOptions,
): Promise<'answered' | 'gone'> =>
  new Promise((resolve, reject) => {
    const { request, reply, head, framing, bodyBytesMax, limits, onDoubt, onFree } = options;
    const client = reply.raw;
    const source = request.raw;
    const startedAt = performance.now();
    // It may have left while a connection was made.
    if (client.destroyed) {
      connection.drop();
      reply.hijack();
      return resolve('gone');
    }
    const hasBody = framing !== 'none' && framing !== 0;
    let isSent = !hasBody;
    let bodyBytes = 0;
    let isAnswering = false;
    let isKept = false;
    let isOver = false;
    let isDoubted = false;
    let upgrade: AnswerHead | undefined;

    /** The client has not sent all, though the service takes what comes: the wait is for the client. */
    const isClientLate = (): boolean =>
      !isSent && !isAnswering && !connection.socket.writableNeedDrain;
    const refuseBody = (error: Error): void => {
      over('drop');
      client.setHeader('connection', 'close');
      reject(error);
    };
    const expire = (): void => {
      if (isDoubted && isClientLate()) return refuseBody(new BodyLate());
      if (isDoubted) return fail(new Error('took too long'), true);
      isDoubted = true;
      if (!isAnswering) onDoubt();
      timer = setTimeout(expire, limits.silentMs - limits.doubtMs);
    };
    let timer = setTimeout(expire, Math.min(limits.doubtMs, limits.silentMs));
    /** Bytes moved. */
    const stir = (): void => {
      if (performance.now() - startedAt > limits.wholeMs)
        return isClientLate() ? refuseBody(new BodyLate()) : fail(new Error('took too long'));
      timer.refresh();
    };

    const over = (fate: 'free' | 'drop' | 'upgraded'): void => {
      isOver = true;
      clearTimeout(timer);
      client.off('close', clientGone);
      client.off('drain', clientTakes);
      if (!isSent) {
        source.off('data', sendBody);
        source.off('end', endBody);
        source.resume();
      }
      if (fate === 'drop') connection.drop();
      else {
        // The last piece may have come while the client was behind.
        connection.socket.resume();
        if (fate === 'free') onFree();
      }
    };
    const fail = (error: Error, isTimeout = false): void => {
      if (isOver) return;
      over('drop');
      if (isAnswering) client.destroy();
      else reject(new NotAnswered(error.message, !hasBody, isTimeout));
    };
    const clientGone = (): void => {
      if (isOver) return;
      over('drop');
      if (!isAnswering) reply.hijack();
      resolve('gone');
    };
    const clientTakes = (): void => {
      stir();
      connection.socket.resume();
    };

    const sendBody = (chunk: Buffer): void => {
      bodyBytes += chunk.length;
      if (bodyBytes > bodyBytesMax)
        return isAnswering ? fail(new Error('body too large')) : refuseBody(httpError('too_large'));
      stir();
      if (isOver) return;
      const { socket } = connection;
      let isTaken: boolean;
      if (framing === 'chunked') {
        socket.cork();
        socket.write(`${chunk.length.toString(16)}\r\n`, 'latin1');
        socket.write(chunk);
        isTaken = socket.write('\r\n', 'latin1');
        socket.uncork();
      } else isTaken = socket.write(chunk);
      if (!isTaken) source.pause();
    };
    const endBody = (): void => {
      // Node ends a body early on some upgrades: what is missing would be taken from the next request.
      if (typeof framing === 'number' && bodyBytes !== framing)
        return fail(new Error('body shorter than it says'));
      isSent = true;
      if (framing === 'chunked') connection.socket.write('0\r\n\r\n', 'latin1');
    };

    connection.begin(request.method, {
      onHead(answer) {
        isKept = answer.isKept;
        if (answer.status === 101) {
          if (!options.onUpgrade) return fail(new Error('changes to a protocol nobody asked for'));
          upgrade = answer;
          reply.hijack();
          return undefined;
        }
        timer.refresh();
        writeHead(answer, options);
        isAnswering = true;
        reply.hijack();
        resolve('answered');
      },
      onData(chunk, isLast) {
        if (isOver) return;
        // As text a small answer leaves with its head in one write; as bytes it is a second piece.
        if (isLast && chunk.length <= oneWriteBytes)
          return void client.end(chunk.toString('latin1'), 'latin1');
        if (isLast) return void client.end(chunk);
        stir();
        if (!client.write(chunk)) connection.socket.pause();
      },
      onEnd(rest) {
        if (isOver) return;
        if (upgrade) {
          over('upgraded');
          options.onUpgrade?.(upgrade, rest);
          return resolve('answered');
        }
        // What stands behind an answer would be taken for the next one.
        over(isKept && isSent && rest.length === 0 ? 'free' : 'drop');
        if (!client.writableEnded) client.end();
      },
      onFail: (error) => fail(error),
      onDrain() {
        stir();
        if (!isSent) source.resume();
      },
    });
    client.on('close', clientGone);
    client.on('drain', clientTakes);
    connection.socket.write(head, 'latin1');
    if (!isSent) source.on('data', sendBody).on('end', endBody);
  });
