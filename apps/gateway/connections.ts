import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { AnswerParser, type AnswerReader } from './answer-parser.ts';

/** The service had nothing of the request: no connection to it was made. */
export class NotReached extends Error {
  override readonly name = 'NotReached';
}

/** As many requests wait for this address as the gateway has room for: that says nothing of it. */
export class Crowded extends Error {
  override readonly name = 'Crowded';
}

/** What an exchange wants to hear of its connection besides the answer. */
export type Waiting = AnswerReader &
  Readonly<{
    /** The answer ended early or is none; nothing else is called after it. */
    onFail: (error: Error) => void;
    /** What was written is gone: more may be. */
    onDrain: () => void;
  }>;

/**
 * Where all plain connections read into, one after another: whoever is given a piece has used or
 * copied it when the call returns. A buffer for each read, and a stream to hand it on, cost more than
 * reading an answer does.
 */
const readInto = Buffer.allocUnsafeSlow(64 * 1024);

/** One socket to a service: one request at a time, then the next. */
export class Connection {
  readonly socket: Socket;
  idleSince = 0;
  #isDetached = false;
  #isPaused = false;
  #waiting: Waiting | undefined;
  readonly #parser = new AnswerParser({
    onHead: (head) => this.#waiting?.onHead(head),
    onData: (chunk, isLast) => this.#waiting?.onData(chunk, isLast),
    onEnd: (rest) => {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      waiting?.onEnd(rest);
    },
  });

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 30_000);
    socket.on('drain', () => this.#waiting?.onDrain());
    socket.on('end', () => this.#ended());
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('connection closed')));
  }

  get isUsable(): boolean {
    return !this.socket.destroyed && !this.socket.readableEnded;
  }

  /** Gives what follows on the socket to `waiting`, as the answer to a request of `method`. */
  begin(method: string, waiting: Waiting): void {
    this.#waiting = waiting;
    this.#parser.expect(method);
  }

  /** A piece of what the service says, which is the caller's again afterwards; false: no more for now. */
  read(chunk: Buffer): boolean {
    if (this.#isDetached) return this.socket.push(Buffer.from(chunk));
    try {
      this.#parser.feed(chunk);
    } catch (error) {
      this.#fail(error as Error);
    }
    return true;
  }

  pause(): void {
    this.#isPaused = true;
    this.socket.pause();
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.socket.resume();
  }

  /** Ends it without a word to the exchange: whoever calls this has ended that. */
  drop(): void {
    this.#waiting = undefined;
    this.socket.destroy();
  }

  /** Takes the socket out of HTTP, after an upgrade. */
  detach(): Socket {
    this.socket.removeAllListeners('data').removeAllListeners('end').removeAllListeners('drain');
    this.#waiting = undefined;
    this.#isDetached = true;
    return this.socket;
  }

  #ended(): void {
    try {
      this.#parser.end();
      this.socket.destroy();
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #fail(error: Error): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.socket.destroy();
    waiting?.onFail(error);
  }
}

/** Shorter than services keep theirs (72 s), so that no request meets a connection as it closes. */
const idleMs = 30_000;
/** A service that hangs must not take the gateway's memory with it. */
const connectionsMax = 1_000;

/** The kept connections to one address of a service. */
export const createConnections = (address: string, connectWithinMs: number) => {
  const { hostname, port, protocol } = new URL(address);
  const host = hostname.replace(/^\[|\]$/g, '');
  const isTls = protocol === 'https:';
  const portNumber = Number(port || (isTls ? 443 : 80));
  const idle: Connection[] = [];
  const open = new Set<Connection>();
  let connecting = 0;
  let isClosed = false;

  const connect = (): Promise<Connection> =>
    new Promise((resolve, reject) => {
      if (open.size + connecting >= connectionsMax)
        return reject(new Crowded(`${connectionsMax} requests wait for it already`));
      connecting += 1;
      let connection: Connection;
      const callback = (bytes: number): boolean => connection.read(readInto.subarray(0, bytes));
      const socket = isTls
        ? connectTls({ host, port: portNumber, ...(isIP(host) ? {} : { servername: host }) })
        : connectPlain({ host, port: portNumber, onread: { buffer: readInto, callback } });
      const refuse = (error: Error): void => {
        clearTimeout(timer);
        socket.off('error', refuse).on('error', () => {});
        connecting -= 1;
        socket.destroy();
        reject(new NotReached(error.message, { cause: error }));
      };
      const timer = setTimeout(refuse, connectWithinMs, new Error('connecting took too long'));
      socket.once('error', refuse);
      socket.once(isTls ? 'secureConnect' : 'connect', () => {
        clearTimeout(timer);
        connecting -= 1;
        socket.off('error', refuse);
        connection = new Connection(socket);
        if (isTls) socket.on('data', (chunk: Buffer) => void connection.read(chunk));
        open.add(connection);
        socket.once('close', () => {
          open.delete(connection);
          const at = idle.indexOf(connection);
          if (at !== -1) idle.splice(at, 1);
        });
        resolve(connection);
      });
      return undefined;
    });

  const sweep = setInterval(() => {
    const oldest = performance.now() - idleMs;
    // The newest are used first, so the oldest stand in front.
    while (idle[0] && idle[0].idleSince < oldest) idle.shift()!.drop();
  }, idleMs / 6);
  sweep.unref();

  return {
    host: `${hostname}${port ? `:${port}` : ''}`,
    /** A kept connection, if one is free. */
    takeIdle(): Connection | undefined {
      for (let found = idle.pop(); found; found = idle.pop()) if (found.isUsable) return found;
      return undefined;
    },
    /** A new connection; raises `NotReached`. */
    connect,
    give(connection: Connection): void {
      if (isClosed) return connection.drop();
      connection.idleSince = performance.now();
      idle.push(connection);
      return undefined;
    },
    /** The socket of an upgraded connection, which is no request's any more. */
    take(connection: Connection): Socket {
      open.delete(connection);
      return connection.detach();
    },
    /** Drops those that nobody uses, since one of them was found dead or the service stops. */
    dropIdle(): void {
      for (const connection of idle.splice(0)) connection.drop();
    },
    /** Takes no connection back; requests under way end by themselves. */
    retire(): void {
      isClosed = true;
      clearInterval(sweep);
      for (const connection of idle.splice(0)) connection.drop();
    },
    /** Ends requests under way, too. */
    close(): void {
      this.retire();
      for (const connection of open) connection.drop();
    },
  };
};

export type Connections = ReturnType<typeof createConnections>;
