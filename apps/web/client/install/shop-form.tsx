import { Languages } from 'lucide-react';
import { useEffect, useRef, useState, type MouseEvent, type ReactElement } from 'react';
import { useActionData } from 'react-router';
import type { AnswerOf } from '../api/client.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { CheckField, SelectField, TextField } from '../kit/field.tsx';
import { CheckedField } from '../kit/checked-field.tsx';
import { Icon } from '../kit/icon.tsx';
import { keepPreference } from '../kit/theme-choice.tsx';
import { withoutSecrets } from '../store/act.ts';
import { AuthForm, PasswordField, useLastTry } from '../store/parts/auth-form.tsx';

type Places = AnswerOf<'/api/v1/shop/countries', 'get'>['items'];
type Values = Readonly<Record<string, string>>;

/** What the shop runs as, and the countries that it can become the shop of. */
export type Situation = Readonly<{
  country: string;
  currency: string;
  isFixed: boolean;
  /** Whether an example is to be had. */
  mayFill: boolean;
  places: Places;
}>;

const typedKey = 'plaza_setup';

/** What stood in the form before the page came again in another language; read once. */
const takeTyped = (): Values => {
  const text = sessionStorage.getItem(typedKey);
  sessionStorage.removeItem(typedKey);
  return text === null ? {} : (JSON.parse(text) as Values);
};

/** The zone of the device says more of where it is than its language does. */
const guessCountry = (places: Places, locale: string): string | undefined => {
  const zone = new Intl.DateTimeFormat(locale).resolvedOptions().timeZone;
  const zonesOf = (country: string): readonly string[] => {
    const region: Intl.Locale & { getTimeZones?: () => readonly string[] | undefined } =
      new Intl.Locale(`und-${country}`);
    return region.getTimeZones?.() ?? [];
  };
  const ofZone = places.find(
    (place) => place.time_zone === zone || zonesOf(place.country).includes(zone),
  );
  const regions = navigator.languages.map((tag) => new Intl.Locale(tag).region);
  const ofLanguage = regions.find((region) => places.some(({ country }) => country === region));
  return ofZone?.country ?? ofLanguage;
};

/** What is in the fields of a form, but for secrets. */
const typedIn = (form: HTMLFormElement): Values =>
  withoutSecrets(
    Object.fromEntries(
      [...new FormData(form)].flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value]] : [],
      ),
    ),
  );

/** The same page in the other language; a plain button where there are no scripts. */
const OtherLanguage = (): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const other = language === 'es' ? 'en' : 'es';
  const change = (event: MouseEvent<HTMLButtonElement>): void => {
    event.preventDefault();
    const typed = { with_example: 'off', ...typedIn(event.currentTarget.form!) };
    sessionStorage.setItem(typedKey, JSON.stringify(typed));
    keepPreference('plaza_language', other);
    location.assign(location.pathname);
  };
  const look =
    'inline-flex h-11 flex-1 items-center justify-center gap-2 rounded-control px-3 text-small';
  const names = { es: 'Español', en: 'English' } as const;
  return (
    <div role="group" aria-label={say('install.language')} className="flex flex-col gap-1.5">
      <span className="text-small font-medium" aria-hidden="true">
        {say('install.language')}
      </span>
      <div className="flex gap-1 rounded-control border border-control bg-surface p-1">
        {(['es', 'en'] as const).map((name) =>
          name === language ? (
            <span
              key={name}
              lang={name}
              aria-current="true"
              className={`${look} bg-sunken font-semibold`}
            >
              <Icon of={Languages} size={16} />
              {names[name]}
            </span>
          ) : (
            <button
              key={name}
              type="submit"
              lang={name}
              name="then"
              value="language"
              formAction={`?idioma=${name}`}
              formNoValidate
              onClick={change}
              className={`${look} text-text-2 hover:bg-sunken`}
            >
              {names[name]}
            </button>
          ),
        )}
      </div>
    </div>
  );
};

const levelOf = (password: string): number =>
  password.length < 8 ? 0 : password.length < 12 ? 1 : password.length < 16 ? 2 : 3;
const levelLooks = ['bg-danger', 'bg-warning', 'bg-success', 'bg-success'] as const;

/** How hard a password is to guess, by what counts most: its length. */
const Strength = ({ password }: Readonly<{ password: string }>): ReactElement | null => {
  const say = useText();
  if (password === '') return null;
  const level = levelOf(password);
  return (
    <div className="-mt-3 flex flex-col gap-1" role="status">
      <span className="flex gap-1" aria-hidden="true">
        {levelLooks.map((_, i) => (
          <span
            key={i}
            className={`h-1 flex-1 rounded-full ${i <= level ? levelLooks[level] : 'bg-sunken'}`}
          />
        ))}
      </span>
      <span className="text-caption text-text-3">{say('install.strength', { level })}</span>
    </div>
  );
};

const CountryField = ({
  situation: { places, country: running, currency, isFixed },
  typed,
  error,
}: Readonly<{
  situation: Situation;
  typed: string | undefined;
  error: string | undefined;
}>): ReactElement => {
  const say = useText();
  const { locale } = useSetting();
  const [country, setCountry] = useState(typed ?? running);
  const isTouched = useRef(typed !== undefined);
  useEffect(() => {
    if (!isTouched.current) setCountry((now) => guessCountry(places, locale) ?? now);
  }, [places, locale]);
  useEffect(() => {
    if (typed !== undefined) setCountry(typed);
  }, [typed]);
  const named = new Intl.DisplayNames([locale], { type: 'region' });
  const money = new Intl.DisplayNames([locale], { type: 'currency' });
  const shown = places
    .map((place) => ({ ...place, name: named.of(place.country) ?? place.country }))
    .toSorted((a, b) => a.name.localeCompare(b.name, locale));
  const chosen = places.find((place) => place.country === country);
  const follows =
    chosen &&
    say('install.follows', {
      currency: money.of(chosen.currency) ?? chosen.currency,
      code: chosen.currency,
      tax: chosen.tax,
    });
  return (
    <div className="flex flex-col gap-2">
      <SelectField
        name="country"
        label={say('install.country')}
        hint={<span aria-live="polite">{follows}</span>}
        autoComplete="country"
        value={country}
        error={error}
        onChange={({ target: { value } }) => {
          isTouched.current = true;
          setCountry(value);
        }}
      >
        {shown.map((place) => (
          <option key={place.country} value={place.country}>
            {`${place.name} (${place.currency})`}
          </option>
        ))}
      </SelectField>
      {isFixed && (
        <p className="text-caption text-text-2">{say('install.fixed', { code: currency })}</p>
      )}
    </div>
  );
};

/** All that a shop needs to begin, on one screen; a plain form before scripts are there. */
export const ShopForm = ({ situation }: Readonly<{ situation: Situation }>): ReactElement => {
  const say = useText();
  const { words } = useLastTry();
  const last = useActionData() as Readonly<{ values?: Values }> | undefined;
  const [kept, setKept] = useState<Values>({});
  const [password, setPassword] = useState('');
  useEffect(() => setKept(takeTyped()), []);
  const typed = last?.values ?? kept;
  const fieldNames = {
    country: say('install.country'),
    shop_name: say('install.shopName'),
    full_name: say('install.name'),
    email: say('install.email'),
    password: say('install.password'),
  };
  return (
    // What was typed in the other language comes into fields that are there already.
    <AuthForm
      key={Object.values(kept).join('\n')}
      submit={say('install.go')}
      fieldNames={fieldNames}
    >
      {/* What Enter presses is the first of the buttons, which must not be a language. */}
      <button type="submit" hidden />
      <OtherLanguage />
      <CountryField situation={situation} typed={typed['country']} error={words['country']} />
      <TextField
        name="shop_name"
        label={say('install.shopName')}
        hint={say('install.shopNameHint')}
        autoComplete="organization"
        maxLength={60}
        isOptional
        defaultValue={typed['shop_name']}
        error={words['shop_name']}
      />
      <CheckedField
        name="full_name"
        label={say('install.name')}
        autoComplete="name"
        isOptional
        defaultValue={typed['full_name']}
        error={words['full_name']}
      />
      <CheckedField
        name="email"
        type="email"
        label={say('install.email')}
        autoComplete="email"
        inputMode="email"
        defaultValue={typed['email']}
        error={words['email']}
      />
      <PasswordField
        name="password"
        label={say('install.password')}
        autoComplete="new-password"
        hint={say('install.passwordHint')}
        error={words['password']}
        onChange={({ target: { value } }) => setPassword(value)}
      />
      <Strength password={password} />
      {situation.mayFill ? (
        <div className="flex flex-col">
          <CheckField
            name="with_example"
            label={say('install.example')}
            defaultChecked={typed['with_example'] !== 'off'}
          />
          <p className="pl-7 text-caption text-text-3">{say('install.exampleHint')}</p>
        </div>
      ) : (
        <input type="hidden" name="with_example" value="on" />
      )}
    </AuthForm>
  );
};
