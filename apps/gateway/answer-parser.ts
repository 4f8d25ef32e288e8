/** The head of a service's answer; `headers` as they came: name, value, name, value. */
export type AnswerHead = Readonly<{
  status: number;
  headers: readonly string[];
  /** The connection may carry another request after this answer. */
  isKept: boolean;
}>;

/** Called in this order; `onEnd` after the last `onData`. */
export type AnswerReader = Readonly<{
  onHead: (head: AnswerHead) => void;
  /** `isLast`: nothing follows, so that the caller can send both at once. */
  onData: (chunk: Buffer, isLast: boolean) => void;
  /** `rest`: bytes behind the answer, which only an upgrade (101) may have. */
  onEnd: (rest: Buffer) => void;
}>;

/** A service's answer is not HTTP/1.1 as RFC 9112 has it: its connection is of no use any more. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
}

const headBytesMax = 64 * 1024;
const sizeLineMax = 256;
const nothing = Buffer.alloc(0);

const statusLine = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: [^\r\n]*)?$/;
const token = /^[\w!#$%&'*+.^`|~-]+$/;
const digits = /^\d{1,15}$/;
const sizeLine = /^([\da-fA-F]{1,12})[ \t]*(?:;[^\r\n]*)?$/;

/** Spellings of names that were found good, since they are the same few; beyond it each is looked at. */
const goodNames = new Set<string>();
const goodNamesMax = 1_000;

const isName = (name: string): boolean => {
  if (goodNames.has(name)) return true;
  if (!token.test(name)) return false;
  if (goodNames.size < goodNamesMax) goodNames.add(name);
  return true;
};

type Framing = 'none' | 'chunked' | 'until-close' | number;

const bareEnd = /[\r\n]/;

const readLines = (text: string): { status: number; isOld: boolean; headers: string[] } => {
  const lines = text.split('\r\n');
  const first = statusLine.exec(lines[0]!);
  if (!first) throw new AnswerError('has no status line');
  const headers: string[] = [];
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i]!;
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    if (colon < 1 || !isName(name)) throw new AnswerError('has a header without a name');
    const value = line.slice(colon + 1).trim();
    if (bareEnd.test(value)) throw new AnswerError('has a bare line end');
    headers.push(name, value);
  }
  return { status: Number(first[2]), isOld: first[1] === '0', headers };
};

/** Where the line at `at` ends; undefined: it is not whole yet. */
const lineEnd = (data: Buffer, at: number): number | undefined => {
  const end = data.indexOf('\r\n', at, 'latin1');
  if ((end === -1 ? data.length : end) - at > sizeLineMax)
    throw new AnswerError('has a chunk line without end');
  return end === -1 ? undefined : end;
};

/** How long the body is, and whether the connection outlives it (RFC 9112 6.3). */
const readFraming = (
  { status, isOld, headers }: ReturnType<typeof readLines>,
  method: string,
): { framing: Framing; isKept: boolean } => {
  let length: string | undefined;
  let encoding: string | undefined;
  let connection = isOld ? 'close' : '';
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i]!;
    // Most names are ruled out by their length, before a copy in lower case is made.
    if (name.length !== 14 && name.length !== 17 && name.length !== 10) continue;
    const value = headers[i + 1]!;
    switch (name.toLowerCase()) {
      case 'content-length':
        if (length !== undefined || !digits.test(value))
          throw new AnswerError('has a Content-Length that is none');
        length = value;
        break;
      case 'transfer-encoding':
        if (encoding !== undefined || value.toLowerCase() !== 'chunked')
          throw new AnswerError('has a Transfer-Encoding that is not chunked');
        encoding = value;
        break;
      case 'connection':
        connection += `,${value.toLowerCase()}`;
        break;
    }
  }
  if (length !== undefined && encoding !== undefined)
    throw new AnswerError('says its length twice');
  const isKept = connection === '' || !connection.includes('close');
  if (method === 'HEAD' || status === 204 || status === 304 || status < 200)
    return { framing: 'none', isKept };
  if (encoding !== undefined) return { framing: 'chunked', isKept };
  if (length !== undefined) return { framing: Number(length), isKept };
  return { framing: 'until-close', isKept: false };
};

type State = 'head' | 'body' | 'until-close' | 'size' | 'chunk' | 'chunk-end' | 'trailer' | 'done';

/**
 * Reads the answers of one connection, one after another, in pieces of any size, which are its own
 * only during the call. `feed` and `end` raise `AnswerError`. Strict, since two readings of one answer
 * are how one client gets another's. One object a connection, since a request that makes as little as
 * possible is a good part of what the gateway saves.
 */
export class AnswerParser {
  readonly #reader: AnswerReader;
  #method = '';
  /** Nobody has asked yet: what comes could only be taken for the answer to the next request. */
  #state: State = 'done';
  #held: Buffer = nothing;
  #left = 0;

  constructor(reader: AnswerReader) {
    this.#reader = reader;
  }

  /** The next that comes is the answer to a request of `method`. */
  expect(method: string): void {
    this.#method = method;
    this.#state = 'head';
    this.#held = nothing;
  }

  feed(chunk: Buffer): void {
    const data = this.#held.length > 0 ? Buffer.concat([this.#held, chunk]) : chunk;
    this.#held = nothing;
    for (let at = 0; at < data.length;) {
      const next = this.#read(data, at);
      if (next === undefined) {
        this.#held = Buffer.from(data.subarray(at));
        return;
      }
      at = next;
    }
  }

  /** The service has closed: the end of an answer that says no length, else a broken one. */
  end(): void {
    if (this.#state === 'until-close') this.#finish(nothing, 0);
    else if (this.#state !== 'done') throw new AnswerError('ends before its end');
  }

  /** Reads one part at `at`; answers where the next begins, undefined when this one is not whole. */
  #read(data: Buffer, at: number): number | undefined {
    switch (this.#state) {
      case 'head':
        return this.#readHead(data, at);
      case 'body':
      case 'chunk':
        return this.#readSized(data, at);
      case 'until-close':
        this.#reader.onData(data.subarray(at), false);
        return data.length;
      case 'done':
        throw new AnswerError('goes on behind its end');
      default:
        return this.#readLine(data, at);
    }
  }

  #finish(data: Buffer, at: number): number {
    this.#state = 'done';
    this.#reader.onEnd(at === data.length ? nothing : data.subarray(at));
    return data.length;
  }

  #readHead(data: Buffer, at: number): number | undefined {
    const end = data.indexOf('\r\n\r\n', at, 'latin1');
    if ((end === -1 ? data.length : end) - at > headBytesMax)
      throw new AnswerError('has a head without end');
    if (end === -1) return undefined;
    const next = end + 4;
    const lines = readLines(data.toString('latin1', at, end));
    // 100 and 103 go before the answer; nobody behind the gateway was promised them.
    if (lines.status < 200 && lines.status !== 101) return next;
    const { framing, isKept } = readFraming(lines, this.#method);
    this.#reader.onHead({ status: lines.status, headers: lines.headers, isKept });
    if (framing === 'none' || framing === 0) return this.#finish(data, next);
    if (framing === 'chunked') this.#state = 'size';
    else if (framing === 'until-close') this.#state = 'until-close';
    else {
      this.#state = 'body';
      this.#left = framing;
    }
    return next;
  }

  #readSized(data: Buffer, at: number): number {
    const end = Math.min(data.length, at + this.#left);
    this.#left -= end - at;
    const isLast = this.#state === 'body' && this.#left === 0;
    this.#reader.onData(at === 0 && end === data.length ? data : data.subarray(at, end), isLast);
    if (isLast) return this.#finish(data, end);
    if (this.#left === 0) this.#state = 'chunk-end';
    return end;
  }

  #readLine(data: Buffer, at: number): number | undefined {
    const end = lineEnd(data, at);
    if (end === undefined) return undefined;
    const line = data.toString('latin1', at, end);
    const next = end + 2;
    if (this.#state === 'chunk-end') {
      if (line !== '') throw new AnswerError('has a chunk longer than it says');
      this.#state = 'size';
    } else if (this.#state === 'size') {
      const size = sizeLine.exec(line)?.[1];
      if (size === undefined) throw new AnswerError('has a chunk without a size');
      this.#left = Number.parseInt(size, 16);
      this.#state = this.#left === 0 ? 'trailer' : 'chunk';
    } else if (line === '') return this.#finish(data, next); // Trailers are of one hop: dropped.
    return next;
  }
}
