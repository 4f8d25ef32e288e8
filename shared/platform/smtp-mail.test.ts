import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { createSmtpMail, MailNotSent } from './smtp-mail.ts';

type Taken = Readonly<{ from: string; to: readonly string[]; text: string }>;

const mail = (to: string) => ({
  id: '0199f3a2-7b1c-7d7e-8a55-0242ac120017',
  to,
  subject: 'Tu código de verificación',
  text: 'Hola, Ana:\n.\n04815162\n',
  html: '<p>Hola, Ana</p>',
});

describe('mail over SMTP', () => {
  const taken: Taken[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, callback) => {
      const status = /^refuse-(\d+)@/.exec(address)?.[1];
      if (status === undefined) return callback();
      return callback(Object.assign(new Error('refused'), { responseCode: Number(status) }));
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        taken.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8'),
        });
        callback();
      });
    },
  });
  let port: number;
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    ({ port } = server.server.address() as AddressInfo);
  });
  after(() => new Promise<void>((resolve) => server.close(() => resolve())));

  const connect = (to = port) =>
    createSmtpMail({ url: `smtp://127.0.0.1:${to}`, from: 'Plaza <no-reply@plaza.example>' });
  const failure = async (to: string, at = port): Promise<MailNotSent> => {
    const mailer = connect(at);
    const error = await mailer.send(mail(to)).then(
      () => assert.fail('it was sent'),
      (cause: unknown) => cause,
    );
    mailer.close();
    assert.ok(error instanceof MailNotSent);
    return error;
  };

  it('hands over text and HTML with an id of its own', async () => {
    const mailer = connect();
    await mailer.send(mail('ana@example.com'));
    mailer.close();
    const [message] = taken;
    assert.partialDeepStrictEqual(message, {
      from: 'no-reply@plaza.example',
      to: ['ana@example.com'],
    });
    assert.match(message!.text, /Message-ID: <0199f3a2-7b1c-7d7e-8a55-0242ac120017@plaza>/i);
    assert.match(message!.text, /04815162/);
    assert.match(message!.text, /multipart\/alternative/);
  });

  it('makes one recipient of one address, whatever is in it', async () => {
    const mailer = connect();
    await mailer.send(mail('ana@example.com, eva@example.com')).catch(() => {});
    mailer.close();
    assert.ok(taken.every(({ to }) => !to.includes('eva@example.com')));
  });

  it('tells what is refused for good from what may work later', async () => {
    assert.equal((await failure('refuse-550@example.com')).isPermanent, true);
    assert.equal((await failure('refuse-451@example.com')).isPermanent, false);
    // Nobody listens there.
    assert.equal((await failure('ana@example.com', 1)).isPermanent, false);
  });
});
