import { isColour } from '../kernel/brand-colours.ts';
import { nameMail, paintMail } from '../kernel/mail-look.ts';
import { productName, readShopName } from '../kernel/shop-name.ts';
import type { Mail } from './mail.ts';
import type { Platform } from './module.ts';

/** How the shop looks where no page is: `colour` null is the one that Plaza comes with. */
export type ShopLook = Readonly<{ name: string; colour: string | null }>;

const keepMs = 60_000;

/**
 * Asks catalog, which knows, once a minute. Never raises, and nobody waits for longer than one question:
 * while catalog does not answer, what was last known holds.
 */
export const createShopLook = ({
  ask,
  clock,
}: Pick<Platform, 'ask' | 'clock'>): (() => Promise<ShopLook>) => {
  let known: ShopLook = { name: productName, colour: null };
  let until = 0;
  return async () => {
    const now = clock().getTime();
    if (now < until) return known;
    until = now + keepMs;
    try {
      const { status, body } = await ask('catalog', 'GET', '/shop');
      const told = (body ?? {}) as { brand_colour?: unknown; name?: unknown };
      if (status !== 200) return known;
      const { brand_colour: colour, name } = told;
      known = {
        name: (typeof name === 'string' ? readShopName(name) : undefined) ?? productName,
        colour: typeof colour === 'string' && isColour(colour) ? colour : null,
      };
    } catch {
      until = 0;
    }
    return known;
  };
};

/** Mails in the colour of the shop, and under its name. */
export const withShopLook = (mail: Mail, look: () => Promise<ShopLook>): Mail => ({
  ...mail,
  async send(message) {
    if (message.html === undefined) return mail.send(message);
    const { name, colour } = await look();
    const painted =
      colour === null ? message : { ...message, html: paintMail(message.html, colour) };
    await mail.send(name === productName ? painted : nameMail(painted, name));
  },
});
