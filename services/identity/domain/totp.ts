/** What every authenticator app does when it is told nothing else (RFC 6238, SHA-1). */
export const totpRules = { stepSeconds: 30, digits: 6, secretBytes: 20, enrolMinutes: 10 } as const;

/** The number of the half minute that `now` is in. */
export const totpStepAt = (now: Date): number =>
  Math.floor(now.getTime() / 1000 / totpRules.stepSeconds);

/**
 * The steps whose code is taken at `now`: this one, and one to each side for a clock that is off or
 * a person who is slow; but none up to `lastStep`, whose code was used or could be the one before it.
 */
export const totpStepsToTry = (now: Date, lastStep: number): readonly number[] => {
  const current = totpStepAt(now);
  return [current, current - 1, current + 1].filter((step) => step > lastStep);
};

/** What is signed for a step: its number in eight bytes (RFC 4226, 5.2). */
export const totpMessage = (step: number): Uint8Array => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(step));
  return bytes;
};

/** The digits in a MAC (RFC 4226, 5.3). */
export const digitsOfMac = (mac: Uint8Array, digits: number = totpRules.digits): string => {
  const offset = mac[mac.length - 1]! & 0xf;
  const view = new DataView(mac.buffer, mac.byteOffset, mac.byteLength);
  const word = view.getUint32(offset) & 0x7fff_ffff;
  return String(word % 10 ** digits).padStart(digits, '0');
};

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 without padding, as apps take a secret that is typed. */
export const base32 = (bytes: Uint8Array): string => {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
};

/** What the QR code says (the "Key Uri Format" that authenticator apps share). */
export const totpUri = (secret: string, issuer: string, accountName: string): string => {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(accountName)}`;
  const { digits, stepSeconds } = totpRules;
  const query = `secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
  return `otpauth://totp/${label}?${query}&algorithm=SHA1&digits=${digits}&period=${stepSeconds}`;
};
