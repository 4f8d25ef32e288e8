import { MapPin, Plus } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { addressText } from '../kit/address-text.ts';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { Empty, FormFailure, Tag } from '../kit/feedback.tsx';
import { CheckField, SelectField, TextField } from '../kit/field.tsx';
import { PhoneField } from '../kit/phone-field.tsx';
import { phoneOf } from '../kit/phone.ts';
import { Counter } from '../kit/pictures.tsx';
import { useToast } from '../kit/toast.tsx';
import { useFieldWords } from '../kit/use-failure.ts';
import { bodyOf, useLoaded, useSending } from '../kit/use-request.ts';
import { AccountPage, Region } from './frame.tsx';

type Address = AnswerOf<'/api/v1/users/me/addresses', 'get'>['items'][number];
type AddressForm = AnswerOf<'/api/v1/address-forms/{country}', 'get'>;
type Typed = Readonly<Record<string, string>>;

const own = ['label', 'full_name', 'phone_number'] as const;
const fieldsOf = (address: Address | undefined): Typed => ({
  label: address?.label ?? '',
  full_name: address?.full_name ?? '',
  phone_number: address?.phone_number ?? '',
  ...Object.fromEntries(
    Object.entries((address?.fields ?? {}) as Record<string, string>).map(([key, value]) => [
      `fields.${key}`,
      value,
    ]),
  ),
});

/** The form of a country, as that country writes an address. */
const Fields = ({
  form,
  address,
  onDone,
}: Readonly<{
  form: AddressForm;
  address: Address | undefined;
  onDone: () => void;
}>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const { language } = useSetting();
  const [typed, setTyped] = useState(fieldsOf(address));
  const [isDefault, setDefault] = useState(address?.is_default_shipping ?? false);
  const { isBusy, failure, send } = useSending(['addresses']);
  const words = useFieldWords(failure);
  const known = [...own, ...form.fields.map(({ key }) => `fields.${key}`)];
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const text = (name: string): string => (typed[name] ?? '').trim();
    const body = {
      country: form.country,
      full_name: text('full_name'),
      label: text('label') || null,
      phone_number: phoneOf(text('phone_number'), form.calling_code),
      fields: Object.fromEntries(
        form.fields
          .map(({ key }) => [key, text(`fields.${key}`)] as const)
          .filter(([, value]) => value !== ''),
      ),
      ...(isDefault ? { is_default_shipping: true, is_default_billing: true } : {}),
    };
    const api = browserApi();
    const isDone = await send(async () => {
      if (address) {
        const params = { path: { id: address.id } };
        return bodyOf(api.PUT('/api/v1/users/me/addresses/{id}', { params, body }), known);
      }
      return bodyOf(api.POST('/api/v1/users/me/addresses', { body }), known);
    });
    if (!isDone) return;
    toast(say('addresses.saved'));
    onDone();
  };
  const field = (name: string) => ({
    name,
    value: typed[name] ?? '',
    error: words[name],
    onChange: ({ target: { value } }: { target: { value: string } }) =>
      setTyped({ ...typed, [name]: value }),
  });
  return (
    <form noValidate onSubmit={(event) => void save(event)} className="flex flex-col gap-4">
      <FormFailure
        failure={failure}
        fieldNames={Object.fromEntries(
          form.fields.map(({ key, label }) => [`fields.${key}`, label[language]]),
        )}
      />
      <TextField {...field('full_name')} label={say('addresses.name')} autoComplete="name" />
      {form.fields.map(({ key, label, required, options, example, max_length: most }) =>
        options ? (
          <SelectField
            key={key}
            {...field(`fields.${key}`)}
            label={label[language]}
            isOptional={!required}
          >
            <option value="" />
            {options.map((option) => (
              <option key={option}>{option}</option>
            ))}
          </SelectField>
        ) : (
          <TextField
            key={key}
            {...field(`fields.${key}`)}
            label={label[language]}
            isOptional={!required}
            maxLength={most}
            {...(example === null ? {} : { hint: say('addresses.example', { example }) })}
          />
        ),
      )}
      <PhoneField
        {...field('phone_number')}
        callingCode={form.calling_code}
        label={say('profile.phone')}
        hint={say('addresses.phoneWhy')}
        autoComplete="tel"
      />
      <TextField
        {...field('label')}
        label={say('addresses.label')}
        hint={say('addresses.labelHint')}
        isOptional
      />
      <CheckField
        name="is_default"
        label={say('addresses.makeDefault')}
        checked={isDefault}
        onChange={({ target: { checked } }) => setDefault(checked)}
      />
      <Button type="submit" kind="filled" isBusy={isBusy}>
        {say('profile.save')}
      </Button>
    </form>
  );
};

const Editor = ({
  address,
  onDone,
}: Readonly<{ address: Address | undefined; onDone: () => void }>): ReactElement => {
  const say = useText();
  const { locale } = useSetting();
  const [country, setCountry] = useState(address?.country ?? locale.split('-')[1] ?? 'CO');
  const countries = useLoaded(['address-forms'], (signal) =>
    browserApi().GET('/api/v1/address-forms', { signal }),
  );
  const form = useLoaded(['address-forms', country], (signal) =>
    browserApi().GET('/api/v1/address-forms/{country}', { params: { path: { country } }, signal }),
  );
  const names = new Intl.DisplayNames([locale], { type: 'region' });
  return (
    <div className="flex flex-col gap-4">
      <SelectField
        name="country"
        label={say('addresses.country')}
        value={country}
        onChange={({ target: { value } }) => setCountry(value)}
      >
        {[...new Set([country, ...(countries.data?.countries ?? [])])].map((code) => (
          <option key={code} value={code}>
            {names.of(code) ?? code}
          </option>
        ))}
      </SelectField>
      <Region of={form} lines={5}>
        {(data) => <Fields key={country} form={data} address={address} onDone={onDone} />}
      </Region>
    </div>
  );
};

const AddressCard = ({
  address,
  onEdit,
}: Readonly<{ address: Address; onEdit: () => void }>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const { failure, send, isBusy } = useSending(['addresses']);
  const params = { path: { id: address.id } };
  const remove = async (): Promise<void> => {
    const isDone = await send(() =>
      bodyOf(browserApi().DELETE('/api/v1/users/me/addresses/{id}', { params })),
    );
    if (isDone) toast(say('addresses.removed'));
  };
  return (
    <li className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <p className="flex flex-wrap items-center gap-2 text-h3">
        {address.label ?? address.full_name}
        {address.is_default_shipping && (
          <Tag tone="info" icon={MapPin}>
            {say('addresses.default')}
          </Tag>
        )}
      </p>
      <p className="text-small text-text-2">
        {address.label !== null && <span className="block">{address.full_name}</span>}
        {addressText(address.fields)}
      </p>
      <FormFailure failure={failure} />
      <p className="flex flex-wrap gap-2">
        <Button size={36} onClick={onEdit}>
          {say('addresses.edit')}
        </Button>
        <Button size={36} kind="quiet" isBusy={isBusy} onClick={() => void remove()}>
          {say('addresses.remove')}
        </Button>
      </p>
    </li>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const [edited, setEdited] = useState<Address | 'new' | undefined>();
  const addresses = useLoaded(['addresses'], (signal) =>
    browserApi().GET('/api/v1/users/me/addresses', { signal }),
  );
  const add = (
    <Button kind="filled" size={40} icon={Plus} onClick={() => setEdited('new')}>
      {say('addresses.add')}
    </Button>
  );
  const hasSome = (addresses.data?.items.length ?? 0) > 0;
  return (
    <AccountPage title={say('account.addresses')} action={hasSome && add}>
      <Region of={addresses}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty picture={<Counter />} title={say('addresses.none')} action={add}>
              {say('addresses.noneText')}
            </Empty>
          ) : (
            <ul className="grid gap-4 lg:grid-cols-2">
              {items.map((address) => (
                <AddressCard key={address.id} address={address} onEdit={() => setEdited(address)} />
              ))}
            </ul>
          )
        }
      </Region>
      <Dialog
        isOpen={edited !== undefined}
        onClose={() => setEdited(undefined)}
        title={say(edited === 'new' ? 'addresses.add' : 'addresses.edit')}
        side="end"
      >
        {edited !== undefined && (
          <Editor
            key={edited === 'new' ? 'new' : edited.id}
            address={edited === 'new' ? undefined : edited}
            onDone={() => setEdited(undefined)}
          />
        )}
      </Dialog>
    </AccountPage>
  );
};
