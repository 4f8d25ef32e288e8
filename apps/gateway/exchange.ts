import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { httpError } from '#shared/http/errors.ts';
import type { AnswerHead } from './answer-parser.ts';
import type { Connection, Waiting } from './connections.ts';
import { passAnswerHeaders, type BodyFraming } from './headers.ts';
import type { Address } from './upstreams.ts';
import type { Watch, Watched } from './watch.ts';

/** What a client has asked for, and what answers it, whoever has read it: Fastify or the way past it. */
export type Asked = Readonly<{
  raw: IncomingMessage;
  response: ServerResponse;
  id: string;
  ip: string;
  protocol: string;
  host: string;
}>;

/** A request as it goes to a service, by as many tries as that takes. */
export type Order = Readonly<{
  asked: Asked;
  head: string;
  framing: BodyFraming;
  bodyBytesMax: number;
  watch: Watch;
  /** Given when the client has asked for another protocol: the service has agreed. */
  onUpgrade:
    | ((asked: Asked, answer: AnswerHead, service: Socket, rest: Buffer) => void)
    | undefined;
  /** Adds what the gateway itself says to every answer, such as CORS. */
  finishHead: (asked: Asked) => void;
}>;

/** How one try has ended; an error says nothing of the service unless it is `NotAnswered`. */
export type Ending = 'answered' | 'gone' | Error;

type Owner = Readonly<{ onEnding: (ending: Ending) => void }>;

const nothingToDo = (): void => {};

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

const writeHead = ({ status, headers }: AnswerHead, { asked, finishHead }: Order): void => {
  const { response } = asked;
  const seen: string[] = [];
  passAnswerHeaders(headers, (name, value) => {
    if (seen.includes(name)) response.appendHeader(name, value);
    else response.setHeader(name, value);
    seen.push(name);
  });
  finishHead(asked);
  response.writeHead(status);
};

/**
 * Sends a request over `connection` and its answer to the client, as both come: nothing is held but
 * what a slow reader has not taken yet. The owner's `onEnding` is called once: when the answer has begun, when the
 * client has gone, with `NotAnswered`, or, for a body in the middle, with `http.too_large` or
 * `BodyLate`. An answer that breaks off later breaks the client's connection too: its end must not
 * look like one. A class, and no closures: most requests need none of what those would hold.
 */
export class Exchange implements Waiting, Watched {
  place = -1;
  readonly #order: Order;
  readonly #connection: Connection;
  readonly #address: Address;
  readonly #owner: Owner;
  readonly #startedAt = performance.now();
  readonly #hasBody: boolean;
  #stirredAt = this.#startedAt;
  #isSent: boolean;
  #bodyBytes = 0;
  #isAnswering = false;
  #isKept = false;
  #isOver = false;
  #isDoubted = false;
  #upgrade: AnswerHead | undefined;
  #letBodyGo = nothingToDo;

  constructor(order: Order, connection: Connection, address: Address, owner: Owner) {
    this.#order = order;
    this.#connection = connection;
    this.#address = address;
    this.#owner = owner;
    this.#hasBody = order.framing !== 'none' && order.framing !== 0;
    this.#isSent = !this.#hasBody;
  }

  begin(): void {
    const { asked, head, watch } = this.#order;
    watch.add(this);
    this.#connection.begin(asked.raw.method!, this);
    this.#connection.socket.write(head, 'latin1');
    if (!this.#isSent) this.#takeBody();
  }

  onHead(answer: AnswerHead): void {
    this.#isKept = answer.isKept;
    if (answer.status === 101) {
      if (this.#order.onUpgrade) this.#upgrade = answer;
      else this.#fail(new Error('changes to a protocol nobody asked for'));
      return;
    }
    this.#stirredAt = performance.now();
    writeHead(answer, this.#order);
    this.#isAnswering = true;
    this.#owner.onEnding('answered');
  }

  onData(chunk: Buffer, isLast: boolean): void {
    if (this.#isOver) return;
    const { response } = this.#order.asked;
    // As text a small answer leaves with its head in one write; as bytes it is a second piece.
    if (isLast && chunk.length <= oneWriteBytes)
      return void response.end(chunk.toString('latin1'), 'latin1');
    // The piece is the connection's own, which reads the next one into it.
    const bytes = Buffer.from(chunk);
    if (isLast) return void response.end(bytes);
    this.#stir();
    if (this.#isOver || response.write(bytes)) return undefined;
    this.#connection.pause();
    response.once('drain', () => {
      if (this.#isOver) return;
      this.#stir();
      this.#connection.resume();
    });
    return undefined;
  }

  onEnd(rest: Buffer): void {
    if (this.#isOver) return;
    const { asked, onUpgrade } = this.#order;
    if (this.#upgrade) {
      this.#over();
      const socket = this.#address.connections.take(this.#connection);
      onUpgrade?.(asked, this.#upgrade, socket, Buffer.from(rest));
      return this.#owner.onEnding('answered');
    }
    this.#over();
    // What stands behind an answer would be taken for the next one.
    if (this.#isKept && this.#isSent && rest.length === 0) {
      // The last piece may have come while the client was behind.
      this.#connection.resume();
      this.#address.connections.give(this.#connection);
    } else this.#connection.drop();
    if (!asked.response.writableEnded) asked.response.end();
    return undefined;
  }

  onFail(error: Error): void {
    this.#fail(error);
  }

  onDrain(): void {
    this.#stir();
    if (!this.#isSent) this.#order.asked.raw.resume();
  }

  /** The client's connection has ended. */
  onClientGone(): void {
    if (this.#isOver) return;
    this.#over();
    this.#connection.drop();
    if (!this.#isAnswering) this.#owner.onEnding('gone');
  }

  /** It is `now`: is anybody still there? */
  look(now: number): void {
    const { silentMs, doubtMs } = this.#order.watch.limits;
    const quietMs = now - this.#stirredAt;
    if (quietMs >= silentMs) {
      if (this.#isClientLate()) this.#refuseBody(new BodyLate());
      else this.#fail(new Error('took too long'), true);
    } else if (!this.#isDoubted && quietMs >= doubtMs) {
      this.#isDoubted = true;
      if (!this.#isAnswering) this.#address.check();
    }
  }

  /** Bytes moved. */
  #stir(): void {
    const now = performance.now();
    this.#stirredAt = now;
    if (now - this.#startedAt <= this.#order.watch.limits.wholeMs) return;
    if (this.#isClientLate()) this.#refuseBody(new BodyLate());
    else this.#fail(new Error('took too long'));
  }

  /** The client has not sent all, though the service takes what comes: the wait is for the client. */
  #isClientLate(): boolean {
    return !this.#isSent && !this.#isAnswering && !this.#connection.socket.writableNeedDrain;
  }

  #refuseBody(error: Error): void {
    this.#over();
    this.#connection.drop();
    this.#order.asked.response.setHeader('connection', 'close');
    this.#owner.onEnding(error);
  }

  #fail(error: Error, isTimeout = false): void {
    if (this.#isOver) return;
    this.#over();
    this.#connection.drop();
    if (this.#isAnswering) this.#order.asked.response.destroy();
    else this.#owner.onEnding(new NotAnswered(error.message, !this.#hasBody, isTimeout));
  }

  #over(): void {
    this.#isOver = true;
    this.#order.watch.delete(this);
    if (!this.#isSent) this.#letBodyGo();
  }

  #takeBody(): void {
    const { raw } = this.#order.asked;
    const send = (chunk: Buffer): void => this.#sendBody(chunk);
    const end = (): void => this.#endBody();
    raw.on('data', send).on('end', end);
    this.#letBodyGo = () => void raw.off('data', send).off('end', end).resume();
  }

  #sendBody(chunk: Buffer): void {
    const { asked, framing, bodyBytesMax } = this.#order;
    this.#bodyBytes += chunk.length;
    if (this.#bodyBytes > bodyBytesMax) {
      if (this.#isAnswering) this.#fail(new Error('body too large'));
      else this.#refuseBody(httpError('too_large'));
      return;
    }
    this.#stir();
    if (this.#isOver) return;
    const { socket } = this.#connection;
    let isTaken: boolean;
    if (framing === 'chunked') {
      socket.cork();
      socket.write(`${chunk.length.toString(16)}\r\n`, 'latin1');
      socket.write(chunk);
      isTaken = socket.write('\r\n', 'latin1');
      socket.uncork();
    } else isTaken = socket.write(chunk);
    if (!isTaken) asked.raw.pause();
  }

  #endBody(): void {
    const { framing } = this.#order;
    // Node ends a body early on some upgrades: what is missing would be taken from the next request.
    if (typeof framing === 'number' && this.#bodyBytes !== framing)
      return this.#fail(new Error('body shorter than it says'));
    this.#isSent = true;
    if (framing === 'chunked') this.#connection.socket.write('0\r\n\r\n', 'latin1');
    return undefined;
  }
}
