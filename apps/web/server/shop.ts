import { parseJson } from '#shared/kernel/parse-json.ts';
import { readAll, type Backend } from './backend.ts';

/** What pages have to know of the shop as a whole. */
export type ShopSetting = Readonly<{
  /** null: Plaza, and where its currency is at home. */
  name: string | null;
  country: string | null;
  brandColour: string | null;
  returnDays: number | null;
}>;

export type ShopSettings = Readonly<{
  /** Never raises: a shop that cannot say how it looks looks as Plaza does. */
  read: (clientAddress: string) => Promise<ShopSetting>;
  /** The owner has changed it here: the next page asks again. */
  forget: () => void;
}>;

const keepMs = 10_000;
/** No page waits longer to know its colour. */
const patienceMs = 400;
const unknown: ShopSetting = { name: null, country: null, brandColour: null, returnDays: null };

/** Asks once for all pages of a while; while nobody answers, what was last known holds. */
export const createShopSettings = (backend: Backend, now: () => number): ShopSettings => {
  let last = unknown;
  let kept: Readonly<{ until: number; setting: Promise<ShopSetting> }> | undefined;
  const ask = async (clientAddress: string): Promise<ShopSetting> => {
    const answer = await backend({
      method: 'GET',
      path: '/api/v1/shop',
      headers: {},
      clientAddress,
    });
    const body = parseJson((await readAll(answer.body)).toString('utf8')) as {
      name?: string | null;
      country?: string | null;
      brand_colour?: string | null;
      return_days?: number;
    };
    if (answer.status !== 200) return last;
    const { name = null, country = null, brand_colour, return_days } = body;
    last = { name, country, brandColour: brand_colour ?? null, returnDays: return_days ?? null };
    return last;
  };
  return {
    read(clientAddress) {
      if (!kept || kept.until <= now())
        kept = { until: now() + keepMs, setting: ask(clientAddress).catch(() => last) };
      const late = new Promise<ShopSetting>((resolve) =>
        setTimeout(() => resolve(last), patienceMs).unref(),
      );
      return Promise.race([kept.setting, late]);
    },
    forget() {
      kept = undefined;
    },
  };
};
