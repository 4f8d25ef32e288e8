/** Two decimal strings as one, digit by digit: no binary number ever holds an amount. */
export const addAmounts = (one: string, other: string): string => {
  const decimals = Math.max(...[one, other].map((text) => (text.split('.')[1] ?? '').length));
  const scaled = [one, other].map((text) => {
    const [whole = '0', part = ''] = text.split('.');
    return BigInt(whole + part.padEnd(decimals, '0'));
  });
  const sum = (scaled[0]! + scaled[1]!).toString().padStart(decimals + 1, '0');
  return decimals === 0 ? sum : `${sum.slice(0, -decimals)}.${sum.slice(-decimals)}`;
};
