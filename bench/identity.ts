/**
 * What identity costs: a token verified for the first time and again (CPU of this process, µs), and
 * sign-ins a second, 8 at a time, beside the bare hash of the password with as many at a time. The
 * two are alternated.
 */
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { createTokenVerifier, tokenAudience, tokenIssuer } from '#shared/http/tokens.ts';
import { createArgon2Passwords } from '../services/identity/infrastructure/argon2-passwords.ts';
import { codeReader } from './lib/codes.ts';
import { median, ownCpuMs } from './lib/cpu.ts';
import { request, startPlazaProcess, type PlazaProcess } from './lib/plaza-process.ts';

const rounds = Number(process.env['ROUNDS'] ?? 5);
const tokensARound = Number(process.env['TOKENS'] ?? 2_000);
const signInsARound = Number(process.env['SIGN_INS'] ?? 200);
const atOnce = 8;
const password = 'una clave larga y buena';

const makeTokens = async () => {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'EdDSA', use: 'sig' };
  const sign = (n: number): Promise<string> =>
    new SignJWT({ roles: ['customer'], email_verified: true, epoch: 1, auth_time: 1, n })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'bench' })
      .setSubject(crypto.randomUUID())
      .setIssuer(tokenIssuer)
      .setAudience(tokenAudience)
      .setIssuedAt()
      .setExpirationTime('10m')
      .setJti(crypto.randomUUID())
      .sign(privateKey);
  const tokens: string[] = [];
  for (let n = 0; n < tokensARound; n++) tokens.push(await sign(n));
  return { jwk, tokens };
};

const cpuMicrosecondsOfEach = async (
  tokens: readonly string[],
  work: (token: string) => unknown,
): Promise<number> => {
  const before = ownCpuMs();
  for (const token of tokens) await work(token);
  return ((ownCpuMs() - before) * 1_000) / tokens.length;
};

const benchVerification = async () => {
  const { jwk, tokens } = await makeTokens();
  const keys = createLocalJWKSet({ keys: [jwk] });
  const results = { first: [] as number[], again: [] as number[], bare: [] as number[] };
  for (let round = 0; round <= rounds; round++) {
    const verifier = createTokenVerifier(async () => ({ keys: [jwk] }));
    const first = await cpuMicrosecondsOfEach(tokens, (token) => verifier.verify(token));
    const again = await cpuMicrosecondsOfEach(tokens, (token) => verifier.known(token));
    const bare = await cpuMicrosecondsOfEach(tokens, (token) => jwtVerify(token, keys));
    if (round === 0) continue; // Compiles.
    results.first.push(first);
    results.again.push(again);
    results.bare.push(bare);
  }
  return {
    'token verified first, CPU µs': median(results.first),
    'the signature alone (jose), CPU µs': median(results.bare),
    'token verified again, CPU µs': median(results.again),
  };
};

/** So many a second with `atOnce` under way. */
const perSecond = async (times: number, work: () => Promise<unknown>): Promise<number> => {
  let left = times;
  const began = performance.now();
  const client = async (): Promise<void> => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: atOnce }, client));
  return (times * 1_000) / (performance.now() - began);
};

const register = async (plaza: PlazaProcess): Promise<string> => {
  const email = 'compradora@example.com';
  const body = { email, username: 'compradora', password, confirm_password: password };
  await request(plaza, 201, 'POST', '/auth/register', { body });
  const code = await codeReader(plaza.data)(email);
  await request(plaza, 200, 'POST', '/auth/verify-email', { body: { email, code } });
  return email;
};

const benchSignIns = async () => {
  const plaza = await startPlazaProcess();
  try {
    const passwords = await createArgon2Passwords();
    const hash = await passwords.hash(password);
    const email = await register(plaza);
    const login = () => request(plaza, 200, 'POST', '/auth/login', { body: { email, password } });
    const bare = () => passwords.matches(password, hash);
    await perSecond(signInsARound, login);
    const results = { logins: [] as number[], hashes: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      results.logins.push(await perSecond(signInsARound, login));
      results.hashes.push(await perSecond(signInsARound, bare));
    }
    const [logins, hashes] = [median(results.logins), median(results.hashes)];
    return {
      'sign-ins a second': logins,
      'bare hashes a second': hashes,
      'share of the bare hash': logins / hashes,
    };
  } finally {
    await plaza.stop();
  }
};

export const benchIdentity = async () => ({
  ...(await benchVerification()),
  ...(await benchSignIns()),
});

if (import.meta.main) console.table(await benchIdentity());
