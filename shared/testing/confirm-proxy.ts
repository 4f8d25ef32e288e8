import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

const frameOverhead = 8;
const methodFrame = 1;
/** Class 60 (basic), method 80 (ack). */
const basicAck = 0x003c_0050;

/** Splits a stream of AMQP 0-9-1 frames; what is no whole frame yet is kept. */
const createFrames = () => {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk: Buffer): readonly Buffer[] => {
    rest = Buffer.concat([rest, chunk]);
    const frames: Buffer[] = [];
    while (rest.length >= 7 && rest.length >= rest.readUInt32BE(3) + frameOverhead) {
      const length = rest.readUInt32BE(3) + frameOverhead;
      frames.push(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
    return frames;
  };
};

const isAck = (frame: Buffer): boolean =>
  frame[0] === methodFrame && frame.length >= 11 && frame.readUInt32BE(7) === basicAck;

/** Stands before a broker and, when told to, swallows the confirms of what it was sent. */
export const startConfirmProxy = async (brokerUrl: string) => {
  const broker = new URL(brokerUrl);
  const sockets = new Set<Socket>();
  const state = { isSwallowing: false, swallowed: 0 };
  const server = createServer((client) => {
    const upstream = connect(Number(broker.port || 5672), broker.hostname);
    const split = createFrames();
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
    client.pipe(upstream);
    upstream.on('data', (chunk: Buffer) => {
      for (const frame of split(chunk))
        if (state.isSwallowing && isAck(frame)) state.swallowed += 1;
        else client.write(frame);
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(brokerUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    state,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};
