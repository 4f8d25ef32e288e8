import type { ReactElement } from 'react';
import {
  bareCode,
  documentsOf,
  readDocument,
  type IssuedDocument,
} from '#shared/kernel/identity-documents.ts';
import type { FieldFailure } from '../api/problems.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { CheckedField } from '../kit/checked-field.tsx';
import { SelectField } from '../kit/field.tsx';
import type { Draft } from './draft.ts';

/** What was typed of a paper; undefined where nothing was. */
export const givenDocument = ({ document }: Draft): IssuedDocument | undefined =>
  document && document.number.trim() !== '' ? document : undefined;

/** What of it cannot be right, by the server's own rule. */
export const identityFaults = (draft: Draft): Readonly<Record<string, FieldFailure>> => {
  const given = givenDocument(draft);
  const read = given && readDocument(given);
  if (!read || !('fault' in read)) return {};
  const { code, detail } = read.fault;
  return { document: { code, detail, params: {} } };
};

/** The buyer's own number, for the receipt: in the papers of the country that it was begun with. */
export const IdentityFields = ({
  draft,
  error,
  change,
}: Readonly<{
  draft: Draft;
  error: string | undefined;
  change: (part: Partial<Draft>) => void;
}>): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const given = givenDocument(draft);
  const country = given?.country ?? draft.country;
  const papers = documentsOf(country);
  const known = papers.find(({ type }) => type === draft.document?.type) ?? papers[0]!;
  const number = draft.document?.number ?? '';
  const put = (part: Readonly<{ type?: string; number?: string }>): void =>
    change({ document: { country, type: known.type, number, ...part } });
  const isDoubtful =
    given !== undefined &&
    known.isLikely !== undefined &&
    Object.keys(identityFaults(draft)).length === 0 &&
    !known.isLikely(bareCode(number));
  const example = known.write?.(known.example) ?? known.example;
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-h3">
        {say('checkout.id')}{' '}
        <span className="text-caption font-normal text-text-3">{say('kit.optional')}</span>
      </legend>
      <p className="text-caption text-text-3">{say('checkout.idWhy')}</p>
      <div className="grid gap-5 sm:grid-cols-2">
        {papers.length > 1 && (
          <SelectField
            name="document_type"
            label={say('checkout.idType')}
            value={known.type}
            onChange={({ target: { value } }) => put({ type: value })}
          >
            {papers.map(({ type, label }) => (
              <option key={type} value={type}>
                {label[language]}
              </option>
            ))}
          </SelectField>
        )}
        <CheckedField
          key={known.type}
          name="document"
          label={papers.length > 1 ? say('checkout.idNumber') : known.label[language]}
          hint={isDoubtful ? say('checkout.idDoubt') : say('checkout.example', { example })}
          value={number}
          error={error}
          check={() => identityFaults(draft)['document']}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          required={false}
          onChange={({ target: { value } }) => put({ number: value })}
        />
      </div>
    </fieldset>
  );
};
