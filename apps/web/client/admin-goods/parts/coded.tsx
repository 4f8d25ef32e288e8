import type { ReactElement } from 'react';
import { useText, useWholeText } from '../../i18n/use-text.tsx';
import { useWordOr } from '../../office/coded.ts';
import { usePerson } from './person.tsx';

type Wording = (code: string) => string;

export const useProvider = (): Wording => {
  const word = useWordOr();
  return (code) => word(`provider.${code}`, code);
};

/** Why money went back: as somebody wrote it, or because of what happened to the order. */
export const useReason = (): Wording => {
  const word = useWordOr();
  return (code) => word(`refund.reason.${code}`, code);
};

/** What an entry of the books is about. */
export const useCause = (): Wording => {
  const word = useWordOr();
  return (code) => word(`ledger.cause.${code}`, code);
};

const ofPerson = /^(seller|buyer):([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?::(\w+))?$/;

const PersonAccount = ({
  role,
  id,
  part,
}: Readonly<{ role: string; id: string; part: string | undefined }>): ReactElement => {
  const say = useText();
  const { data } = usePerson(id);
  return (
    <span className="inline-block min-w-32 py-1 font-sans text-small">
      {say(`ledger.of.${role}`, {
        name: data ? (data.full_name ?? data.username) : `…${id.slice(-8)}`,
      })}
      {part !== undefined && <span className="text-text-2"> · {say(`ledger.part.${part}`)}</span>}
    </span>
  );
};

/** An account of the books: that of a person by their name, any other as it is called. */
export const AccountName = ({ id }: Readonly<{ id: string }>): ReactElement => {
  const { has } = useWholeText();
  const [, role, person, part] = ofPerson.exec(id) ?? [];
  if (role === undefined || person === undefined || (part && !has(`ledger.part.${part}`)))
    return <code className="inline-block min-w-32 text-caption break-words">{id}</code>;
  return <PersonAccount role={role} id={person} part={part} />;
};
