import type { DeadlineHandler } from '#shared/messaging/deadlines.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import type { Mail } from '#shared/platform/mail.ts';
import { codeRequestedV1 } from '../code-requested.v1.ts';
import { composeLetter } from '../letters.ts';
import type { Letter, Letters, Secrets } from '../ports.ts';

type Ports = Readonly<{
  letters: Letters;
  secrets: Secrets;
  mail: Mail;
  /** Where people reach this installation; known once it listens. */
  publicUrl: () => string;
  /** Told of a mail that did not go out; it is tried again unless it is refused for good. */
  onUnsent: (challengeId: string, error: unknown) => void;
}>;

const consumer = 'send-letter-when-code-requested';

/** Refused by the other side for good, such as an address that does not exist. */
const isRefused = (error: unknown): boolean =>
  (error as { isPermanent?: unknown }).isPermanent === true;

/**
 * Sends what identity has to say, by mail. A message is taken once, together with a timer; when the
 * mail is out the timer goes, and when the process dies before that, the timer sends it.
 */
export const createSendLetter = (
  ports: Ports & Readonly<{ deadline: string }>,
): Readonly<{ reaction: Reaction; deadline: DeadlineHandler }> => {
  const { letters, mail } = ports;

  const send = async (letter: Letter): Promise<void> => {
    try {
      await mail.send(composeLetter(letter, ports));
    } catch (error) {
      ports.onUnsent(letter.challengeId, error);
      if (!isRefused(error)) throw error;
    }
    letters.done(letter.challengeId);
  };

  return {
    reaction: reaction(consumer, codeRequestedV1, async (message) => {
      const { challengeId } = message.data;
      const letter = await letters.take(challengeId, deliveryOf(consumer, message));
      // What goes wrong from here is the timer's: the message is taken.
      if (letter) await send(letter).catch(() => {});
    }),
    deadline: {
      kind: ports.deadline,
      handle: async ({ key }) => {
        const letter = await letters.find(key);
        if (letter) await send(letter);
      },
    },
  };
};
