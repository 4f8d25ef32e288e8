import { useState, type FormEvent, type ReactElement } from 'react';
import type { FieldFailure, Failure } from '../api/problems.ts';
import { useFormats, useSetting, useText } from '../i18n/use-text.tsx';
import { addressText } from '../kit/address-text.ts';
import { Button } from '../kit/button.tsx';
import { FormFailure, Notice } from '../kit/feedback.tsx';
import { SelectField } from '../kit/field.tsx';
import { Skeleton } from '../kit/layout.tsx';
import { useFieldWords } from '../kit/use-failure.ts';
import { AddressFields, addressFaults } from './address-fields.tsx';
import { Choice } from './choice.tsx';
import { faultsOf } from './contact-step.tsx';
import type { Draft, SavedAddress, ShippingOption } from './draft.ts';
import { IdentityFields, identityFaults } from './identity-fields.tsx';
import type { ShippingPlace } from './use-shipping.ts';
import { useIsWaiting, Waiting } from '../kit/waiting.tsx';

/** When it arrives, with its weekdays: `entre lunes, 30 de noviembre y jueves, 3 de diciembre`. */
export const useArrivalOf = (): ((option: ShippingOption) => string) => {
  const say = useText();
  const { day } = useFormats();
  return ({ earliest, latest, pickup_place }) => {
    // Noon, so that no zone makes another day of it.
    const [from, to] = [earliest, latest].map(({ date }) => day(`${date}T12:00:00Z`));
    const kind = pickup_place === null ? 'arrives' : 'ready';
    return from === to
      ? say(`checkout.${kind}On`, { day: from! })
      : say(`checkout.${kind}Between`, { from: from!, to: to! });
  };
};

const Options = ({
  place,
  draft,
  change,
}: Readonly<{
  place: ShippingPlace;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}>): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  const { language } = useSetting();
  const arrivalOf = useArrivalOf();
  const { options } = place;
  const isWaiting = useIsWaiting(!options && !place.failure);
  if (place.failure)
    return (
      <Notice
        tone="danger"
        role="alert"
        title={say('checkout.optionsFailed')}
        action={
          <Button size={36} onClick={place.retry}>
            {say('kit.retry')}
          </Button>
        }
      />
    );
  if (!options || isWaiting)
    return (
      <Waiting className="flex flex-col gap-3">
        <Skeleton className="h-16 w-full" />
        <Skeleton className="h-16 w-full" />
      </Waiting>
    );
  const shown = options.filter(({ pickup_place }) => (pickup_place !== null) === draft.isPickup);
  if (shown.length === 0)
    return (
      <Notice tone="warning" role="status">
        {say(place.isRequired ? 'checkout.noOptions' : 'checkout.noShippingNeeded')}
      </Notice>
    );
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-3 text-h3">
        {say(draft.isPickup ? 'checkout.whichPlace' : 'checkout.howSent')}
      </legend>
      {shown.map((option) => (
        <Choice
          key={option.method_id}
          name="method"
          value={option.method_id}
          isChosen={draft.option?.method_id === option.method_id}
          onChoose={() => change({ option })}
          title={option.name[language]}
          end={
            Number(option.price) === 0 ? say('checkout.free') : money(option.price, option.currency)
          }
        >
          {option.pickup_place !== null && <span className="block">{option.pickup_place}</span>}
          {arrivalOf(option)}
        </Choice>
      ))}
    </fieldset>
  );
};

const HowToGet = ({
  draft,
  change,
}: Readonly<{ draft: Draft; change: (part: Partial<Draft>) => void }>): ReactElement => {
  const say = useText();
  return (
    <fieldset className="grid gap-3 sm:grid-cols-2">
      <legend className="sr-only">{say('checkout.howToGet')}</legend>
      {[false, true].map((isPickup) => (
        <Choice
          key={String(isPickup)}
          name="pickup"
          value={String(isPickup)}
          isChosen={draft.isPickup === isPickup}
          onChoose={() => change({ isPickup, option: undefined })}
          title={say(isPickup ? 'checkout.pickup' : 'checkout.delivery')}
        />
      ))}
    </fieldset>
  );
};

const SavedAddresses = ({
  addresses,
  draft,
  change,
}: Readonly<{
  addresses: readonly SavedAddress[];
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}>): ReactElement => {
  const say = useText();
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-3 text-h3">{say('checkout.where')}</legend>
      {addresses.map((address) => (
        <Choice
          key={address.id}
          name="address"
          value={address.id}
          isChosen={draft.savedAddressId === address.id}
          onChoose={() => change({ savedAddressId: address.id, country: address.country })}
          title={address.label ?? address.full_name}
        >
          {address.label !== null && <span className="block">{address.full_name}</span>}
          {addressText(address.fields)}
        </Choice>
      ))}
      <Choice
        name="address"
        value="new"
        isChosen={draft.savedAddressId === undefined}
        onChoose={() => change({ savedAddressId: undefined })}
        title={say('checkout.otherAddress')}
      />
    </fieldset>
  );
};

/** Where it goes and how: a way of sending, and the address in the form of its country. */
export const ShippingStep = ({
  draft,
  place,
  countries,
  addresses,
  change,
  onDone,
}: Readonly<{
  draft: Draft;
  place: ShippingPlace;
  countries: readonly string[];
  addresses: readonly SavedAddress[];
  change: (part: Partial<Draft>) => void;
  onDone: () => void;
}>): ReactElement => {
  const say = useText();
  const { locale, language, viewer } = useSetting();
  const [failure, setFailure] = useState<Failure>();
  const words = useFieldWords(failure);
  const { form, options } = place;
  const hasPickup = options?.some(({ pickup_place }) => pickup_place !== null) ?? false;
  const isTyped = !draft.isPickup && draft.savedAddressId === undefined;
  const names = new Intl.DisplayNames([locale], { type: 'region' });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const isOffered = options?.some(({ method_id }) => method_id === draft.option?.method_id);
    const isLeftOut = options?.length === 0 && !place.isRequired;
    const fields: Record<string, FieldFailure> = {
      ...(isTyped && form && !isLeftOut ? addressFaults(draft, form) : {}),
      ...(viewer ? identityFaults(draft) : {}),
      ...(isOffered || isLeftOut
        ? {}
        : { method: { code: 'required', params: {}, detail: 'required' } }),
    };
    if (Object.keys(fields).length > 0) setFailure(faultsOf(fields));
    else onDone();
  };
  return (
    <form noValidate onSubmit={submit} className="flex max-w-xl flex-col gap-6">
      <h2 className="text-h2">{say('checkout.step.shipping')}</h2>
      <FormFailure
        failure={failure}
        fieldNames={{
          method: say('checkout.howSent'),
          full_name: say('checkout.recipient'),
          phone_number: say('checkout.phone'),
          document: say('checkout.id'),
          ...Object.fromEntries(
            (form?.fields ?? []).map(({ key, label }) => [key, label[language]]),
          ),
        }}
      />
      {(hasPickup || draft.isPickup) && <HowToGet draft={draft} change={change} />}
      {!draft.isPickup && addresses.length > 0 && (
        <SavedAddresses addresses={addresses} draft={draft} change={change} />
      )}
      {(isTyped || draft.isPickup) && (
        <SelectField
          name="country"
          label={say('checkout.country')}
          autoComplete="country"
          value={draft.country}
          onChange={({ target: { value } }) => change({ country: value, option: undefined })}
        >
          {[...new Set([draft.country, ...countries])].map((code) => (
            <option key={code} value={code}>
              {names.of(code) ?? code}
            </option>
          ))}
        </SelectField>
      )}
      {isTyped && form && <AddressFields draft={draft} form={form} words={words} change={change} />}
      <Options place={place} draft={draft} change={change} />
      {viewer && <IdentityFields draft={draft} error={words['document']} change={change} />}
      <Button type="submit" kind="filled" size={48} isWide>
        {say('checkout.next')}
      </Button>
    </form>
  );
};
