import { isColour } from '../kernel/brand-colours.ts';
import { paintMail } from '../kernel/mail-look.ts';
import type { Mail } from './mail.ts';
import type { Platform } from './module.ts';

const keepMs = 60_000;

/**
 * Mails in the colour of the shop, which catalog knows and is asked for once a minute. A mail never waits
 * for its colour: while catalog does not answer, the last one known holds, or the one Plaza comes with.
 */
export const withBrand = (mail: Mail, { ask, clock }: Pick<Platform, 'ask' | 'clock'>): Mail => {
  let colour: string | null = null;
  let until = 0;
  const find = async (): Promise<string | null> => {
    const now = clock().getTime();
    if (now < until) return colour;
    until = now + keepMs;
    try {
      const { status, body } = await ask('catalog', 'GET', '/shop');
      const told = (body as { brand_colour?: unknown } | null)?.brand_colour;
      if (status === 200) colour = typeof told === 'string' && isColour(told) ? told : null;
    } catch {
      until = 0;
    }
    return colour;
  };
  return {
    ...mail,
    async send(message) {
      const brand = message.html === undefined ? null : await find();
      await mail.send(
        brand === null ? message : { ...message, html: paintMail(message.html!, brand) },
      );
    },
  };
};
