import { createTransport } from 'nodemailer';
import type { Mail } from './mail.ts';

/** The mail did not go out. `isPermanent`: the server refused it for good, so no retry helps. */
export class MailNotSent extends Error {
  override readonly name = 'MailNotSent';
  readonly isPermanent: boolean;

  constructor(isPermanent: boolean, cause: unknown) {
    const text = cause instanceof Error ? cause.message : String(cause);
    super(`mail not sent: ${text}`, { cause });
    this.isPermanent = isPermanent;
  }
}

/** Longer than a slow server and shorter than the minute after which a mail is tried again. */
const timeouts = {
  dnsTimeout: 5_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
} as const;

/** A wrong password is a 5xx too, but says nothing of the mail: the operator will set it right. */
const isPermanent = (error: unknown): boolean => {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  return responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH';
};

/**
 * Mail by an SMTP server, over a few kept connections. The message id comes from `MailMessage.id`,
 * so that a mail sent again is the same mail to readers that look.
 */
export const createSmtpMail = (
  options: Readonly<{ url: string; from: string }>,
): Mail & Readonly<{ close: () => void }> => {
  const transport = createTransport(
    {
      url: options.url,
      pool: true,
      maxConnections: 3,
      ...timeouts,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from: options.from },
  );
  return {
    async send({ id, to, subject, text, html }) {
      try {
        await transport.sendMail({
          // As an object: a comma in an address must not make two of it.
          to: { name: '', address: to },
          subject,
          text,
          ...(html === undefined ? {} : { html }),
          messageId: `<${id}@plaza>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (error) {
        throw new MailNotSent(isPermanent(error), error);
      }
    },
    close: () => transport.close(),
  };
};
