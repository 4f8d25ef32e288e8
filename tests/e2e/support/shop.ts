import { codeIn, must, send, type Json, type MailItem, type Request } from './http.ts';
import { until } from './plaza-process.ts';

export type Operate = (method: Request['method'], path: string, body?: object) => Promise<Json>;

/** What the purchases are made of: products with stock, and people with a proven address. */
export type Shop = Readonly<{
  products: readonly Readonly<{ id: string; variantId: string }>[];
  variants: readonly string[];
  /** A token for each buyer; whoever runs for long renews them. */
  tokens: string[];
  /** What a buyer signs in with. */
  signInOf: (buyer: number) => Readonly<{ username: string; password: string }>;
  stockOfEach: number;
}>;

type ShopOptions = Readonly<{
  url: string;
  operate: Operate;
  readMails: () => Promise<readonly MailItem[]> | readonly MailItem[];
  products: number;
  stockOfEach: number;
  buyers: number;
}>;

/** Opens an empty shop, and resolves when its products can be put into a cart. */
export const openShop = async (options: ShopOptions): Promise<Shop> => {
  const { url, operate, readMails, stockOfEach } = options;
  const makeProduct = async (_: unknown, i: number) => {
    const price = `${(i + 1) * 1_250}.50`;
    const body = { title: `Canasto ${i}`, price, stock: stockOfEach, status: 'active' };
    const product = await operate('POST', '/products', body);
    const [variant] = product['variants'] as { id: string }[];
    return { id: String(product['id']), variantId: variant!.id };
  };
  const signInOf: Shop['signInOf'] = (i) => ({
    username: `persona${i}`,
    password: `clave larga ${i} 7Kx`,
  });
  const signUp = async (_: unknown, i: number): Promise<string> => {
    const { username, password } = signInOf(i);
    const email = `${username}@example.com`;
    const body = { email, username, password, confirm_password: password };
    const register = { method: 'POST', path: '/auth/register', body } as const;
    must(201, register, await send(url, register));
    let code: string | undefined;
    await until(
      async () => (code = codeIn(await readMails(), email)) !== undefined,
      15_000,
      `a code for ${email}`,
    );
    const verify = { method: 'POST', path: '/auth/verify-email', body: { email, code } } as const;
    return String(must(200, verify, await send(url, verify))['access_token']);
  };
  const products = await Promise.all(Array.from({ length: options.products }, makeProduct));
  const tokens = await Promise.all(Array.from({ length: options.buyers }, signUp));
  const variants = products.map(({ variantId }) => variantId);
  const isKnown = async (variantId: string): Promise<boolean> => {
    const body = { variant_id: variantId, quantity: 1 };
    return (await send(url, { method: 'POST', path: '/cart/add', body })).status === 200;
  };
  await until(
    async () => (await Promise.all(variants.map(isKnown))).every(Boolean),
    15_000,
    'orders knows the products',
  );
  return { products, variants, tokens, signInOf, stockOfEach };
};
