import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AnswerError, AnswerParser } from './answer-parser.ts';

type Read = {
  status?: number;
  headers?: readonly string[];
  isKept?: boolean;
  body: string;
  rest?: string;
};

const readPieces = (pieces: readonly Buffer[], method = 'GET', isClosed = false): Read => {
  const read: Read = { body: '' };
  const parser = new AnswerParser({
    onHead: (head) => void Object.assign(read, head),
    onData: (chunk) => (read.body += chunk.toString('latin1')),
    onEnd: (rest) => (read.rest = rest.toString('latin1')),
  });
  parser.expect(method);
  for (const piece of pieces) parser.feed(piece);
  if (isClosed) parser.end();
  return read;
};
const read = (text: string, method?: string, isClosed?: boolean): Read =>
  readPieces([Buffer.from(text, 'latin1')], method, isClosed);

const twoConnections =
  'HTTP/1.1 200 OK\r\nConnection: close\r\nConnection: x-other\r\nContent-Length: 0\r\n\r\n';

const head = (...lines: string[]): string => `HTTP/1.1 200 OK\r\n${lines.join('\r\n')}\r\n\r\n`;

describe('the answer of a service', () => {
  const answers = {
    length: [`${head('Content-Length: 5', 'ETag: "a"')}hello`, 'hello'],
    chunks: [
      `${head('transfer-encoding: chunked')}5;x=1\r\nhello\r\n1\r\n \r\n3\r\nyou\r\n0\r\nT: 1\r\n\r\n`,
      'hello you',
    ],
    'an interim answer first': [
      `HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${head('content-length: 2')}ok`,
      'ok',
    ],
    'no body': ['HTTP/1.1 204 No Content\r\nx: y\r\n\r\n', ''],
  } as const;
  for (const [name, [text, body]] of Object.entries(answers))
    it(`is the same in one piece, byte by byte, and cut in two anywhere: ${name}`, () => {
      const whole = read(text);
      assert.equal(whole.body, body);
      assert.equal(whole.rest, '', 'it ended');
      assert.equal(whole.isKept, true);
      const bytes = Buffer.from(text, 'latin1');
      const single = Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
      assert.deepEqual(readPieces(single), whole);
      for (let at = 1; at < bytes.length; at++)
        assert.deepEqual(
          readPieces([bytes.subarray(0, at), bytes.subarray(at)]),
          whole,
          `at ${at}`,
        );
    });

  it('ends with the connection when it says no length', () => {
    assert.partialDeepStrictEqual(read(`${head('a: b')}all of it`, 'GET', true), {
      body: 'all of it',
      isKept: false,
      rest: '',
    });
  });

  it('has no body after HEAD, 304 and 101, whatever its length says', () => {
    assert.equal(read(head('content-length: 5'), 'HEAD').rest, '');
    assert.equal(read('HTTP/1.1 304 X\r\ncontent-length: 5\r\n\r\n').rest, '');
    assert.equal(read('HTTP/1.1 101 X\r\nupgrade: websocket\r\n\r\n\x81\x01').rest, '\x81\x01');
  });

  it('says whether its connection stays', () => {
    for (const [line, isKept] of [
      ['connection: keep-alive', true],
      ['connection: close', false],
      ['Connection: x, Close', false],
    ] as const)
      assert.equal(read(head('content-length: 0', line)).isKept, isKept, line);
    assert.equal(read('HTTP/1.0 200 OK\r\ncontent-length: 0\r\n\r\n').isKept, false);
  });

  for (const [name, text] of Object.entries({
    'two lengths': head('content-length: 5', 'content-length: 5'),
    'a length and chunks': head('content-length: 5', 'transfer-encoding: chunked'),
    'a length that is none': head('content-length: +5'),
    'a negative length': head('content-length: -1'),
    'another encoding': head('transfer-encoding: gzip, chunked'),
    'a folded header': head('a: b', ' c'),
    'a space before the colon': head('content-length : 5'),
    'a bare line feed in a value': head('a: b\nset-cookie: x'),
    'no status': 'nonsense\r\n\r\n',
    'HTTP/2': 'HTTP/2 200\r\n\r\n',
    'a chunk without size': `${head('transfer-encoding: chunked')}x\r\n`,
    'a chunk longer than it says': `${head('transfer-encoding: chunked')}1\r\nab\r\n`,
    'something behind its end': `${head('content-length: 1')}ab`,
    'a head without end': `HTTP/1.1 200 OK\r\na: ${'x'.repeat(70_000)}`,
  }))
    it(`is refused with ${name}`, () => {
      if (name === 'something behind its end') {
        // It is the connection that sees it: the next answer would begin with it.
        assert.equal(read(text).rest, 'b');
        return;
      }
      assert.throws(() => read(text), AnswerError);
    });

  it('is broken when the connection ends before it', () => {
    for (const text of ['', 'HTTP/1.1 200', `${head('content-length: 5')}hell`])
      assert.throws(() => read(text, 'GET', true), AnswerError);
    const chunked = `${head('transfer-encoding: chunked')}5\r\nhello\r\n`;
    assert.throws(() => read(chunked, 'GET', true), AnswerError);
  });

  it('closes a connection that any of its headers says closes', () => {
    assert.equal(read(twoConnections).isKept, false);
    assert.equal(read(twoConnections.replace('close', 'y')).isKept, true);
  });
});
