/**
 * The opening of an AMQP 0-9-1 connection, byte by byte: it proves listener, user, password and
 * virtual host in milliseconds, where rabbitmqctl starts an Erlang machine of its own.
 */
import { createConnection } from 'node:net';
import { AccessRefused } from './server.ts';

/** Who connects where. */
export type AmqpAddress = Readonly<{
  port: number;
  user: string;
  password: string;
  virtualHost: string;
}>;

const connectionClass = 10;
const [start, startOk, tune, tuneOk, open, openOk, close, closeOk] = [
  10, 11, 30, 31, 40, 41, 50, 51,
];
const frameEnd = 0xce;
const headerLength = 7;
/** What RabbitMQ answers to a wrong password. */
const accessRefused = 403;

const shortText = (text: string): Buffer =>
  Buffer.concat([Buffer.from([Buffer.byteLength(text)]), Buffer.from(text)]);

const withLength = (content: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
};

const method = (number: number, args: Buffer): Buffer => {
  const id = Buffer.alloc(4);
  id.writeUInt16BE(connectionClass, 0);
  id.writeUInt16BE(number, 2);
  // Frame type 1 (method) on channel 0, then the length of what follows.
  const content = withLength(Buffer.concat([id, args]));
  return Buffer.concat([Buffer.from([1, 0, 0]), content, Buffer.from([frameEnd])]);
};

/** Without this the server closes the connection without a word when the password is wrong. */
const capabilities = (): Buffer => {
  const failure = Buffer.concat([shortText('authentication_failure_close'), Buffer.from('t\x01')]);
  return withLength(
    Buffer.concat([shortText('capabilities'), Buffer.from('F'), withLength(failure)]),
  );
};

/** Opens a connection of 127.0.0.1 and closes it again; rejects with why within 5 seconds. */
export const amqpHandshake = (address: AmqpAddress): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = createConnection({ host: '127.0.0.1', port: address.port });
    let received: Buffer = Buffer.alloc(0);
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    const answer = (number: number, args: Buffer): void => {
      const send = (reply: number, content: Buffer): boolean =>
        socket.write(method(reply, content));
      if (number === start) {
        const login = Buffer.from(`\0${address.user}\0${address.password}`);
        const parts = [capabilities(), shortText('PLAIN'), withLength(login), shortText('en_US')];
        send(startOk, Buffer.concat(parts));
      } else if (number === tune) {
        // What the server proposes, and the connection that it then waits for.
        send(tuneOk, args);
        send(open, Buffer.concat([shortText(address.virtualHost), Buffer.from([0, 0])]));
      } else if (number === openOk) {
        send(close, Buffer.concat([Buffer.from([0, 200]), shortText('bye'), Buffer.alloc(4)]));
      } else if (number === closeOk) {
        resolve();
        socket.end();
      } else if (number === close) {
        const text = args.subarray(3, 3 + args.readUInt8(2)).toString();
        const isRefusal = args.readUInt16BE(0) === accessRefused;
        fail(isRefusal ? new AccessRefused(text) : new Error(text));
      }
    };
    socket.setTimeout(5000, () => fail(new Error('no answer within 5 s')));
    socket.on('error', fail);
    socket.on('close', () => reject(new Error('the connection was closed')));
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= headerLength) {
        const end = headerLength + received.readUInt32BE(3) + 1;
        if (received.length < end) return;
        const content = received.subarray(headerLength, end - 1);
        if (received[0] === 1) answer(content.readUInt16BE(2), content.subarray(4));
        received = received.subarray(end);
      }
    });
    socket.write(Buffer.from('AMQP\0\0\x09\x01', 'latin1'));
  });
