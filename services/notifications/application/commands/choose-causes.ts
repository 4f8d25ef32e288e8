import { chooseCauses, isFixed, withDefaults, type Choice } from '../../domain/causes.ts';
import type { Inbox } from '../ports.ts';

type Shown = Choice & Readonly<{ isFixed: boolean }>;

/** What an account is told, and where: as it chose, and choosing. */
export const createChooseCauses = (inbox: Pick<Inbox, 'choices' | 'choose'>) => {
  const show = async (accountId: string): Promise<readonly Shown[]> => {
    const choices = withDefaults(await inbox.choices(accountId));
    return choices.map((choice) => ({ ...choice, isFixed: isFixed(choice.cause) }));
  };
  return {
    show,
    async choose(accountId: string, choices: readonly Choice[]): Promise<readonly Shown[]> {
      await inbox.choose(accountId, chooseCauses(choices));
      return show(accountId);
    },
  };
};

export type ChooseCauses = ReturnType<typeof createChooseCauses>;
