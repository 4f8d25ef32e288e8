import type { FastifyBaseLogger } from 'fastify';
import { httpError } from '#shared/http/errors.ts';
import { Crowded, NotReached, type Connection } from './connections.ts';
import { Exchange, NotAnswered, type Ending, type Order } from './exchange.ts';
import type { Address, Upstream } from './upstreams.ts';

/** A request that may be sent again, since it changes nothing. */
const isSafe = (method: string): boolean => method === 'GET' || method === 'HEAD';

/** Time is up for a request that ran into its limit, however safe it is. */
const mayRepeat = (error: Error, method: string): boolean =>
  error instanceof NotAnswered && error.isBodyWhole && !error.isTimeout && isSafe(method);

/**
 * One request on its way to a service, over kept connections, in turn over its addresses. One that
 * cannot be reached gives way to the next, whatever the request: it had nothing of it. One that breaks
 * off before it answers does so only for requests that change nothing and whose body, if any, is still
 * whole. A write that met a dying service is answered 503: it may have acted, and only the client, who
 * has the Idempotency-Key, can safely ask again.
 *
 * `onOver` is called once: without an error when the answer has begun or the client has gone, and its
 * connection is nobody else's to write on; else nothing was written.
 */
export class Passing {
  readonly #upstream: Upstream;
  readonly #order: Order;
  readonly #log: FastifyBaseLogger;
  readonly #onOver: (error?: Error) => void;
  readonly #candidates: readonly Address[];
  #at = 0;
  #address: Address | undefined;
  #exchange: Exchange | undefined;
  /** Whether the connection was made for this try. */
  #isFresh = false;
  #isCrowded = false;

  constructor(
    upstream: Upstream,
    order: Order,
    log: FastifyBaseLogger,
    onOver: (error?: Error) => void,
  ) {
    this.#upstream = upstream;
    this.#order = order;
    this.#log = log;
    this.#onOver = onOver;
    this.#candidates = upstream.candidates();
  }

  /** Tries the next address. */
  next(): void {
    const address = this.#candidates[this.#at++];
    if (!address) return this.#giveUp();
    this.#address = address;
    const kept = address.connections.takeIdle();
    this.#isFresh = kept === undefined;
    if (kept) this.#begin(kept);
    else this.#connect(address);
    return undefined;
  }

  /** The client's connection has ended. */
  onClientGone(): void {
    this.#exchange?.onClientGone();
  }

  #connect({ connections }: Address): void {
    connections
      .connect()
      .then((connection) => this.#begin(connection))
      .catch((error: Error) => this.#failed(error));
  }

  #begin(connection: Connection): void {
    // It may have left while a connection was made.
    if (this.#order.asked.response.destroyed) {
      connection.drop();
      return this.#onOver();
    }
    this.#exchange = new Exchange(this.#order, connection, this.#address!, this);
    this.#exchange.begin();
    return undefined;
  }

  /** How the exchange under way has ended. */
  onEnding(ending: Ending): void {
    if (ending instanceof Error) return this.#failed(ending);
    // A client that goes away early has not seen whether anybody is there.
    if (ending === 'answered') this.#upstream.answered(this.#address!);
    return this.#onOver();
  }

  #failed(error: Error): void {
    const address = this.#address!;
    const { method } = this.#order.asked.raw;
    // A kept connection that has died in the meantime says nothing of its address.
    if (!this.#isFresh && mayRepeat(error, method!)) {
      address.connections.dropIdle();
      this.#isFresh = true;
      return this.#connect(address);
    }
    if (error instanceof Crowded) {
      this.#isCrowded = true;
      return this.next();
    }
    if (!(error instanceof NotReached || error instanceof NotAnswered)) return this.#onOver(error);
    const about = { err: error, context: this.#upstream.context, address: address.url };
    this.#log.warn(about, 'service did not answer');
    const isTimeout = error instanceof NotAnswered && error.isTimeout;
    if (this.#isFresh || isTimeout) address.breaker.failed();
    if (error instanceof NotReached || mayRepeat(error, method!)) return this.next();
    return this.#giveUp();
  }

  #giveUp(): void {
    if (!this.#isCrowded) this.#upstream.unanswered();
    this.#onOver(httpError('unavailable', { retryAfterSeconds: 1 }));
  }
}
