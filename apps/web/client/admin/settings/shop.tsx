import { useEffect, useState, type CSSProperties, type FormEvent, type ReactElement } from 'react';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { useSetting, useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { FormFailure, Notice } from '../../kit/feedback.tsx';
import { CheckField, SelectField, TextField } from '../../kit/field.tsx';
import { useToast } from '../../kit/toast.tsx';
import { useFieldWords } from '../../kit/use-failure.ts';
import { bodyOf, RequestFailed, useLoaded, useSending } from '../../kit/use-request.ts';
import { useLeave } from '../../office/use-leave.ts';
import { Conflict } from '../kit/conflict.tsx';
import { AdminPage, Region } from '../kit/page.tsx';
import { SettingsTabs } from './frame.tsx';

type Shop = AnswerOf<'/api/v1/shop', 'get'>;
type Places = AnswerOf<'/api/v1/shop/countries', 'get'>['items'];
type Colours = AnswerOf<'/api/v1/shop/colours', 'get'>;

const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text);

/** What a theme looks like in these colours, whichever theme the page itself has. */
const Sample = ({
  theme,
  colours,
}: Readonly<{ theme: 'light' | 'dark'; colours: Colours['light'] }>): ReactElement => {
  const say = useText();
  const style = {
    '--primary': colours.primary,
    '--primary-fill': colours.fill,
    '--primary-soft': colours.soft,
    '--on-primary': colours.on_primary,
  } as CSSProperties;
  return (
    <figure
      data-sample={theme}
      style={style}
      className="flex flex-col items-start gap-3 rounded-card border border-line bg-surface p-4 text-text-1"
    >
      <figcaption className="text-caption text-text-2">{say(`shop.${theme}`)}</figcaption>
      <span className="inline-flex h-11 items-center rounded-control bg-primary-fill px-4 font-semibold text-on-primary">
        {say('shop.button')}
      </span>
      <span className="text-body font-medium text-primary underline">{say('shop.link')}</span>
      <span className="inline-flex h-9 items-center rounded-control-small border-2 border-primary bg-primary-soft px-3 text-small font-medium text-primary">
        {say('shop.chosen')}
      </span>
    </figure>
  );
};

const Preview = ({ colour }: Readonly<{ colour: string }>): ReactElement => {
  const say = useText();
  const [asked, setAsked] = useState(colour);
  // Who drags through a palette is answered where they stop.
  useEffect(() => {
    const timer = setTimeout(() => setAsked(colour), 150);
    return () => clearTimeout(timer);
  }, [colour]);
  const colours = useLoaded(['admin', 'shop-colours', asked], (signal) =>
    browserApi().GET('/api/v1/shop/colours', {
      params: { query: { brand_colour: asked.toLowerCase() } },
      signal,
    }),
  );
  return (
    <section aria-labelledby="preview" className="flex flex-col gap-3">
      <h3 id="preview" className="text-h3">
        {say('shop.preview')}
      </h3>
      <Region of={colours} lines={2}>
        {(data) => (
          <>
            {data.is_adjusted && (
              <Notice title={say('shop.adjusted')} role="status">
                {say('shop.adjustedText')}
              </Notice>
            )}
            <div className="grid gap-4 sm:grid-cols-2">
              <Sample theme="light" colours={data.light} />
              <Sample theme="dark" colours={data.dark} />
            </div>
          </>
        )}
      </Region>
    </section>
  );
};

/** Country and region names in the language of the page, sorted as it sorts. */
const useNamedPlaces = (places: Places) => {
  const { locale } = useSetting();
  const names = new Intl.DisplayNames([locale], { type: 'region' });
  return places
    .map((place) => ({ ...place, name: names.of(place.country) ?? place.country }))
    .toSorted((a, b) => a.name.localeCompare(b.name, locale));
};

const ShopForm = ({ shop, places }: Readonly<{ shop: Shop; places: Places }>): ReactElement => {
  const say = useText();
  const { currency } = useSetting();
  const named = useNamedPlaces(places);
  const [name, setName] = useState(shop.name ?? '');
  const [country, setCountry] = useState(shop.country ?? '');
  const nameOfCountry = (code: string | null): string =>
    named.find((place) => place.country === code)?.name ??
    say('shop.countryOfCurrency', { currency });
  const toast = useToast();
  const [isOwn, setOwn] = useState(shop.brand_colour !== null);
  const [colour, setColour] = useState(shop.brand_colour ?? '#0b5f69');
  const [days, setDays] = useState(String(shop.return_days));
  const [theirs, setTheirs] = useState<Shop>();
  const { isBusy, failure, send } = useSending(['admin', 'shop']);
  const words = useFieldWords(failure);
  const isChanged =
    (isOwn ? colour : null) !== shop.brand_colour || days !== String(shop.return_days);
  const { question } = useLeave(isChanged);
  const save = async (version: number): Promise<void> => {
    const body = {
      name: name.trim() === '' ? null : name.trim(),
      country: country === '' ? null : country,
      brand_colour: isOwn ? colour.trim().toLowerCase() : null,
      return_days: days.trim() === '' ? Number.NaN : Number(days),
    };
    let isLate = false;
    const isDone = await send(async () => {
      const headers = { 'if-match': `"${version}"` };
      const sent = browserApi().PUT('/api/v1/shop', { body, headers } as never);
      await bodyOf(sent, ['name', 'country', 'brand_colour', 'return_days']).catch(
        (error: unknown) => {
          isLate = error instanceof RequestFailed && error.failure.status === 412;
          throw error;
        },
      );
    });
    if (isDone) {
      setTheirs(undefined);
      toast(say('shop.saved'));
    } else if (isLate) setTheirs(await bodyOf(browserApi().GET('/api/v1/shop')));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save(shop.version);
  };
  return (
    <form data-page-form noValidate onSubmit={submit} className="flex max-w-2xl flex-col gap-6">
      {question}
      {failure?.status !== 412 && <FormFailure failure={failure} />}
      <TextField
        name="name"
        data-page-edit
        label={say('shop.name')}
        hint={say('shop.nameHint')}
        maxLength={60}
        autoComplete="organization"
        isOptional
        value={name}
        error={words['name']}
        onChange={({ target: { value } }) => setName(value)}
      />
      <SelectField
        name="country"
        label={say('shop.country')}
        hint={say('shop.countryHint')}
        value={country}
        error={words['country']}
        onChange={({ target: { value } }) => setCountry(value)}
      >
        <option value="">{nameOfCountry(null)}</option>
        {named.map((place) => (
          <option key={place.country} value={place.country}>
            {place.name}
          </option>
        ))}
      </SelectField>
      <fieldset className="flex flex-col gap-4">
        <legend className="pb-2 text-h3">{say('shop.colour')}</legend>
        <CheckField
          name="own_colour"
          label={say('shop.own')}
          checked={isOwn}
          onChange={({ target: { checked } }) => setOwn(checked)}
        />
        {isOwn ? (
          <div className="flex flex-wrap items-start gap-3">
            <TextField
              name="brand_colour"
              label={say('shop.colour')}
              hint={say('shop.colourHint')}
              maxLength={7}
              spellCheck={false}
              autoComplete="off"
              value={colour}
              error={words['brand_colour']}
              onChange={({ target: { value } }) => setColour(value)}
            />
            <input
              type="color"
              aria-label={say('shop.colour')}
              value={isColour(colour) ? colour.toLowerCase() : '#0b5f69'}
              onChange={({ target: { value } }) => setColour(value)}
              className="mt-6 size-11 cursor-pointer rounded-control border border-control bg-surface p-1"
            />
          </div>
        ) : (
          <p className="text-small text-text-2">{say('shop.petrol')}</p>
        )}
        {isOwn && isColour(colour) && <Preview colour={colour} />}
      </fieldset>
      <TextField
        name="return_days"
        label={say('shop.days')}
        hint={say('shop.daysHint')}
        inputMode="numeric"
        maxLength={3}
        value={days}
        error={words['return_days']}
        onChange={({ target: { value } }) => setDays(value)}
      />
      <div>
        <Button size={40} type="submit" kind="filled" isBusy={isBusy}>
          {say('table.save')}
        </Button>
      </div>
      <Conflict
        differences={
          theirs && [
            {
              name: say('shop.name'),
              seen: name || say('shop.none'),
              now: theirs.name ?? say('shop.none'),
            },
            {
              name: say('shop.country'),
              seen: nameOfCountry(country),
              now: nameOfCountry(theirs.country),
            },
            {
              name: say('shop.colour'),
              seen: isOwn ? colour : say('shop.none'),
              now: theirs.brand_colour ?? say('shop.none'),
            },
            { name: say('shop.days'), seen: days, now: String(theirs.return_days) },
          ]
        }
        isBusy={isBusy}
        onGo={() => void save(theirs!.version)}
        onLeave={() => {
          if (!theirs) return;
          setName(theirs.name ?? '');
          setCountry(theirs.country ?? '');
          setOwn(theirs.brand_colour !== null);
          setColour(theirs.brand_colour ?? colour);
          setDays(String(theirs.return_days));
          setTheirs(undefined);
        }}
      />
    </form>
  );
};

/** What is said of the shop as a whole. */
export const Component = (): ReactElement => {
  const say = useText();
  const shop = useLoaded(['admin', 'shop'], (signal) =>
    browserApi().GET('/api/v1/shop', { signal }),
  );
  const places = useLoaded(['admin', 'shop-countries'], (signal) =>
    browserApi().GET('/api/v1/shop/countries', { signal }),
  );
  return (
    <AdminPage title={say('settings.shop')}>
      <SettingsTabs />
      <p className="max-w-2xl text-small text-text-2">{say('settings.shop.text')}</p>
      <Region of={shop} lines={6}>
        {(shown) => (
          <Region of={places} lines={6}>
            {({ items }) => <ShopForm shop={shown} places={items} />}
          </Region>
        )}
      </Region>
    </AdminPage>
  );
};
