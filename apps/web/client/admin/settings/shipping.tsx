import { useState, type ReactElement } from 'react';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { useFormats, useSetting, useText } from '../../i18n/use-text.tsx';
import { Tag } from '../../kit/feedback.tsx';
import { CheckField, TextField } from '../../kit/field.tsx';
import { useFieldWords } from '../../kit/use-failure.ts';
import { bodyOf, useLoaded } from '../../kit/use-request.ts';
import { typedAmount } from '../kit/amounts.ts';
import { RuleForm, RulesPage, type Editing } from './frame.tsx';

type Method = AnswerOf<'/api/v1/shipping-methods', 'get'>['items'][number];

const names = ['name.es', 'name.en', 'prices.0.price', 'days_min', 'days_max', 'countries'];

const Form = ({ row, isBusy, failure, save }: Editing<Method>): ReactElement => {
  const say = useText();
  const { currency } = useSetting();
  const words = useFieldWords(failure);
  const own = row?.prices.find((price) => price.currency === currency);
  const [typed, setTyped] = useState({
    es: row?.name.es ?? '',
    en: row?.name.en ?? '',
    price: own?.price ?? '',
    freeFrom: own?.free_from ?? '',
    daysMin: String(row?.days_min ?? 1),
    daysMax: String(row?.days_max ?? 5),
    countries: row?.countries.join(', ') ?? '',
    pickup: row?.pickup_place ?? '',
  });
  const [isActive, setActive] = useState(row?.is_active ?? true);
  const write = async (): Promise<unknown> => {
    const free =
      typed.freeFrom.trim() === '' ? null : (typedAmount(typed.freeFrom) ?? typed.freeFrom);
    const others = row?.prices.filter((price) => price.currency !== currency) ?? [];
    const body = {
      name: { es: typed.es.trim(), en: typed.en.trim() },
      prices: [
        { currency, price: typedAmount(typed.price) ?? typed.price, free_from: free },
        ...others,
      ],
      days_min: Number(typed.daysMin),
      days_max: Number(typed.daysMax),
      countries: typed.countries
        .toUpperCase()
        .split(/[\s,]+/)
        .filter(Boolean),
      regions: [...(row?.regions ?? [])],
      pickup_place: typed.pickup.trim() === '' ? null : typed.pickup.trim(),
      is_active: isActive,
      position: row?.position ?? 0,
    };
    if (!row) return bodyOf(browserApi().POST('/api/v1/shipping-methods', { body }), names);
    const init = {
      params: { path: { id: row.id } },
      headers: { 'if-match': `"${row.version}"` },
      body,
    };
    return bodyOf(browserApi().PUT('/api/v1/shipping-methods/{id}', init), names);
  };
  const field = (key: keyof typeof typed, name: string) => ({
    name,
    label: say(`method.${key}`),
    error: words[name],
    autoComplete: 'off',
    value: typed[key],
    onChange: ({ target }: { target: HTMLInputElement }) =>
      setTyped({ ...typed, [key]: target.value }),
  });
  return (
    <RuleForm failure={failure} isBusy={isBusy} onSave={() => save(write)}>
      <TextField {...field('es', 'name.es')} />
      <TextField {...field('en', 'name.en')} />
      <TextField {...field('price', 'prices.0.price')} inputMode="decimal" />
      <TextField {...field('freeFrom', 'prices.0.free_from')} inputMode="decimal" isOptional />
      <div className="grid grid-cols-2 gap-3">
        <TextField {...field('daysMin', 'days_min')} inputMode="numeric" />
        <TextField {...field('daysMax', 'days_max')} inputMode="numeric" />
      </div>
      <TextField
        {...field('countries', 'countries')}
        hint={say('method.countriesHint')}
        isOptional
      />
      <TextField {...field('pickup', 'pickup_place')} isOptional />
      <CheckField
        name="is_active"
        label={say('method.isActive')}
        checked={isActive}
        onChange={({ target }) => setActive(target.checked)}
      />
    </RuleForm>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  const { language } = useSetting();
  const methods = useLoaded(['admin', 'shipping-methods'], (signal) =>
    browserApi().GET('/api/v1/shipping-methods', { signal }),
  );
  return (
    <RulesPage<Method>
      name="shipping"
      stale="shipping-methods"
      of={methods}
      columns={[
        { key: 'name', title: say('customer.name'), cell: ({ name }) => name[language] },
        {
          key: 'price',
          title: say('method.price'),
          isNumber: true,
          phone: 'end',
          cell: ({ prices }) =>
            prices.map(({ price, currency }) => money(price, currency)).join(' · '),
        },
        {
          key: 'days',
          title: say('method.days'),
          cell: ({ days_min: least, days_max: most }) => say('method.between', { least, most }),
        },
        {
          key: 'active',
          title: say('orders.status'),
          cell: ({ is_active: isActive }) => (
            <Tag tone={isActive ? 'success' : 'neutral'}>
              {say(isActive ? 'method.active' : 'method.inactive')}
            </Tag>
          ),
        },
      ]}
      rowKey={({ id }) => id}
      rowName={({ name }) => name[language]}
      form={(editing) => <Form {...editing} />}
      remove={(row) =>
        bodyOf(
          browserApi().DELETE('/api/v1/shipping-methods/{id}', {
            params: { path: { id: row.id } },
          }),
        )
      }
    />
  );
};
