/** Amounts are decimal strings; digits, never binary numbers. */
type Scaled = Readonly<{ digits: bigint; decimals: number }>;

const read = (amount: string): Scaled => {
  const [whole = '0', part = ''] = amount.split('.');
  return { digits: BigInt(whole + part), decimals: part.length };
};

const write = ({ digits, decimals }: Scaled): string => {
  if (decimals === 0) return String(digits);
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits).padStart(decimals + 1, '0');
  return `${sign}${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
};

export const sumOf = (amounts: readonly string[]): string => {
  const parts = amounts.map(read);
  const decimals = Math.max(0, ...parts.map((part) => part.decimals));
  const digits = parts.reduce(
    (sum, part) => sum + part.digits * 10n ** BigInt(decimals - part.decimals),
    0n,
  );
  return write({ digits, decimals });
};

export const timesOf = (amount: string, times: number): string => {
  const { digits, decimals } = read(amount);
  return write({ digits: digits * BigInt(times), decimals });
};

export const lessOf = (from: string, taken: string): string => sumOf([from, timesOf(taken, -1)]);

export const isNothing = (amount: string): boolean => read(amount).digits === 0n;

/** What was typed as an amount: `12.500,50` and `12,500.50` are both 12500.50; undefined: no amount. */
export const typedAmount = (text: string): string | undefined => {
  const plain = text.replaceAll(/[\s\u00a0$]/g, '');
  const last = Math.max(plain.lastIndexOf(','), plain.lastIndexOf('.'));
  const isDecimal = last >= 0 && plain.length - last - 1 <= 2 && plain.length - last - 1 > 0;
  const whole = (isDecimal ? plain.slice(0, last) : plain).replaceAll(/[.,]/g, '');
  const part = isDecimal ? plain.slice(last + 1) : '';
  if (!/^\d{1,15}$/.test(whole) || !/^\d{0,2}$/.test(part)) return undefined;
  return part === '' ? whole : `${whole}.${part}`;
};
