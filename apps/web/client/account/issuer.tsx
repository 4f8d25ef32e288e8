import { useState, type FormEvent, type ReactElement } from 'react';
import type { Viewer } from '../../render-contract.ts';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { Button } from '../kit/button.tsx';
import { FormFailure } from '../kit/feedback.tsx';
import { SelectField, TextField } from '../kit/field.tsx';
import { useToast } from '../kit/toast.tsx';
import { useFieldWords } from '../kit/use-failure.ts';
import { bodyOf, useLoaded, useSending } from '../kit/use-request.ts';
import { Region } from './frame.tsx';

type Issuer = AnswerOf<'/api/v1/issuers/{id}', 'get'>;

const fields = ['legal_name', 'country', 'document.type', 'document.number'] as const;

const IssuerForm = ({ issuer, id }: Readonly<{ issuer: Issuer; id: string }>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const { language, locale } = useSetting();
  const [name, setName] = useState(issuer.legal_name ?? '');
  const [country, setCountry] = useState(issuer.country ?? locale.split('-')[1] ?? 'CO');
  const [type, setType] = useState(issuer.document?.type);
  const [number, setNumber] = useState(issuer.document?.number ?? '');
  const { isBusy, failure, send } = useSending(['issuer']);
  const words = useFieldWords(failure);
  const countries = useLoaded(['address-forms'], (signal) =>
    browserApi().GET('/api/v1/address-forms', { signal }),
  );
  const form = useLoaded(['address-forms', country], (signal) =>
    browserApi().GET('/api/v1/address-forms/{country}', { params: { path: { country } }, signal }),
  );
  const documents = form.data?.documents.filter((one) => one.is_tax_number) ?? [];
  const document = documents.find((one) => one.type === type) ?? documents[0];
  const regions = new Intl.DisplayNames([locale], { type: 'region' });
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const body = {
      legal_name: name.trim(),
      country,
      document: { type: document?.type ?? '', number: number.trim() },
    };
    const params = { path: { id } };
    const isDone = await send(() =>
      bodyOf(browserApi().PUT('/api/v1/issuers/{id}', { params, body }), fields),
    );
    if (isDone) toast(say('issuer.saved'));
  };
  return (
    <form
      noValidate
      onSubmit={(event) => void save(event)}
      className="flex max-w-md flex-col gap-5"
    >
      <FormFailure
        failure={failure}
        fieldNames={{
          legal_name: say('issuer.name'),
          'document.number': document?.label[language] ?? say('issuer.number'),
        }}
      />
      <TextField
        name="legal_name"
        label={say('issuer.name')}
        hint={say('issuer.nameHint')}
        autoComplete="organization"
        maxLength={160}
        value={name}
        error={words['legal_name']}
        onChange={({ target: { value } }) => setName(value)}
      />
      <SelectField
        name="country"
        label={say('addresses.country')}
        value={country}
        error={words['country']}
        onChange={({ target: { value } }) => setCountry(value)}
      >
        {[...new Set([country, ...(countries.data?.countries ?? [])])].map((code) => (
          <option key={code} value={code}>
            {regions.of(code) ?? code}
          </option>
        ))}
      </SelectField>
      {documents.length > 1 && (
        <SelectField
          name="document.type"
          label={say('issuer.type')}
          value={document?.type ?? ''}
          error={words['document.type']}
          onChange={({ target: { value } }) => setType(value)}
        >
          {documents.map((one) => (
            <option key={one.type} value={one.type}>
              {one.label[language]}
            </option>
          ))}
        </SelectField>
      )}
      <TextField
        name="document.number"
        label={document?.label[language] ?? say('issuer.number')}
        value={number}
        error={words['document.number']}
        autoComplete="off"
        maxLength={40}
        {...(document ? { hint: say('addresses.example', { example: document.example }) } : {})}
        onChange={({ target: { value } }) => setNumber(value)}
      />
      <div>
        <Button type="submit" kind="filled" isBusy={isBusy}>
          {say('profile.save')}
        </Button>
      </div>
    </form>
  );
};

/** Who a seller is for the law and for taxes, as receipts of coming orders say it. */
export const IssuerSection = ({ viewer }: Readonly<{ viewer: Viewer }>): ReactElement => {
  const say = useText();
  const { id } = viewer;
  const issuer = useLoaded(['issuer'], (signal) =>
    browserApi().GET('/api/v1/issuers/{id}', { params: { path: { id } }, signal }),
  );
  return (
    <section aria-labelledby="issuer" className="flex flex-col gap-4">
      <h2 id="issuer" className="text-h2">
        {say('issuer.title')}
      </h2>
      <p className="max-w-xl text-body text-text-2">{say('issuer.text')}</p>
      <Region of={issuer} lines={3}>
        {(data) => <IssuerForm key={data.country} issuer={data} id={id} />}
      </Region>
    </section>
  );
};
