import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { identityError } from '../domain/account.ts';
import type { Passwords } from '../application/ports.ts';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane; the library's own default. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** As a hash of now begins; what begins otherwise is of weaker days. */
const currentPrefix = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`;

/** One thread of libuv's four stays free: files and names are looked up there too. */
const atOnce = Math.min(3, availableParallelism());
/** Beyond this the wait is longer than a person's patience. */
const waitingMax = 500;

/** At most `limit` at once; the rest wait their turn, up to `waitingMax` of them. */
const createGate = (limit: number) => {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < limit) running += 1;
    else {
      if (waiting.length >= waitingMax) throw identityError('busy', { retryAfterSeconds: 5 });
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
};

/** Argon2id on libuv's threads, few at a time: 50 people at once cost time and not memory. */
export const createArgon2Passwords = async (): Promise<Passwords> => {
  const pass = createGate(atOnce);
  // What a password is compared with when there is no account: the same work, never a match.
  const nobody = await hash(crypto.randomUUID(), parameters);
  return {
    hash: (password) => pass(() => hash(password, parameters)),
    async matches(password, known = nobody) {
      const [isRight] = await pass(() =>
        Promise.all([
          verify(known, password),
          // A weaker hash is compared sooner, which would tell that somebody has the name.
          known.startsWith(currentPrefix) ? undefined : verify(nobody, password),
        ]),
      );
      return isRight && known !== nobody;
    },
    isOutdated: (known) => !known.startsWith(currentPrefix),
  };
};
