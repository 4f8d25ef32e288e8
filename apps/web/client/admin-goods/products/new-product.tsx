import { Plus, Trash2 } from 'lucide-react';
import { type FormEvent, type ReactElement } from 'react';
import { useNavigate } from 'react-router';
import { AdminPage, Section } from '../../admin/kit/page.tsx';
import { browserApi } from '../../api/client.ts';
import { useSetting, useText } from '../../i18n/use-text.tsx';
import { Button, IconButton } from '../../kit/button.tsx';
import { FormFailure, Notice } from '../../kit/feedback.tsx';
import { SelectField, TextArea, TextField } from '../../kit/field.tsx';
import { useToast } from '../../kit/toast.tsx';
import { useFieldWords } from '../../kit/use-failure.ts';
import { useKeyed } from '../../kit/use-keyed.ts';
import { bodyOf, useLoaded, useSending } from '../../kit/use-request.ts';
import { useBack } from '../parts/back.ts';
import { combinationsOf, type Option } from './combinations.ts';
import { useWordOr } from '../../office/coded.ts';
import { useCategories } from './categories.ts';
import { useTaxClasses } from './details-form.tsx';
import { useLeave } from '../../office/use-leave.ts';
import { useDraft, type Draft } from './draft.ts';

const optionsMax = 3;
const variantsMax = 100;
const empty = {
  title: '',
  description: '',
  category_id: '',
  vendor: '',
  seller_id: '',
  tax_class: 'standard',
  options: '[]',
  variants: '{}',
};

type Cell = Readonly<{ price?: string; stock?: string; sku?: string }>;
type Cells = Readonly<Record<string, Cell>>;

const keyOf = (choice: Readonly<Record<string, string>>): string => JSON.stringify(choice);

const read = <T,>(text: string | undefined, otherwise: T): T => {
  try {
    return JSON.parse(text ?? '') as T;
  } catch {
    return otherwise;
  }
};

/** What a buyer chooses between, up to three times. */
const Options = ({
  options,
  onChange,
}: Readonly<{ options: readonly Option[]; onChange: (next: readonly Option[]) => void }>) => {
  const say = useText();
  const change = (at: number, part: Partial<Option>): void =>
    onChange(options.map((option, i) => (i === at ? { ...option, ...part } : option)));
  return (
    <Section id="options" title={say('newProduct.options')}>
      <p className="text-small text-text-2">{say('newProduct.optionsText')}</p>
      {options.map(({ name, values }, i) => (
        <div
          key={i}
          className="grid grid-cols-[1fr_auto] items-start gap-3 sm:grid-cols-[12rem_1fr_auto]"
        >
          <TextField
            name={`options.${i}`}
            label={say('newProduct.optionName', { number: i + 1 })}
            value={name}
            maxLength={255}
            onChange={({ target }) => change(i, { name: target.value })}
          />
          <div className="col-span-2 row-start-2 sm:col-span-1 sm:row-start-auto">
            <TextField
              name={`values.${i}`}
              label={say('newProduct.optionValues', { number: i + 1 })}
              hint={say('newProduct.optionHint')}
              value={values}
              onChange={({ target }) => change(i, { values: target.value })}
            />
          </div>
          <IconButton
            icon={Trash2}
            label={say('newProduct.removeOption', { number: i + 1 })}
            className="mt-6.5 max-sm:col-start-2 max-sm:row-start-1"
            onClick={() => onChange(options.filter((_, other) => other !== i))}
          />
        </div>
      ))}
      {options.length < optionsMax && (
        <Button
          size={40}
          icon={Plus}
          className="self-start"
          onClick={() => onChange([...options, { name: '', values: '' }])}
        >
          {say('newProduct.addOption')}
        </Button>
      )}
    </Section>
  );
};

/** Price, stock and SKU of each choice. */
const VariantCells = ({
  choices,
  cells,
  words,
  onChange,
}: Readonly<{
  choices: readonly Readonly<Record<string, string>>[];
  cells: Cells;
  words: Readonly<Record<string, string | undefined>>;
  onChange: (next: Cells) => void;
}>): ReactElement => {
  const say = useText();
  const { currency } = useSetting();
  const isOne = choices.length === 1;
  return (
    <Section id="variants" title={say(isOne ? 'newProduct.price' : 'product.variants')}>
      {choices.map((choice, i) => {
        const key = keyOf(choice);
        const name = Object.values(choice).join(' / ');
        const field = (part: keyof Cell) => ({
          name: `variants.${i}.${part}`,
          value: cells[key]?.[part] ?? '',
          error: words[`variants.${i}.${part}`],
          onChange: ({ target: { value } }: { target: { value: string } }) =>
            onChange({ ...cells, [key]: { ...cells[key], [part]: value } }),
        });
        return (
          <fieldset
            key={key}
            className="grid items-start gap-3 border-t border-line pt-3 sm:grid-cols-3"
          >
            <legend
              className={
                name === '' ? 'sr-only' : 'float-left mb-1 text-small font-semibold sm:col-span-3'
              }
            >
              {name === '' ? say('newProduct.price') : name}
            </legend>
            <TextField
              {...field('price')}
              label={say('field.variant.price')}
              inputMode="decimal"
              hint={say('product.priceHint', { currency })}
            />
            <TextField
              {...field('stock')}
              label={say('field.variant.stock')}
              inputMode="numeric"
              isOptional
            />
            <TextField
              {...field('sku')}
              label={say('field.variant.sku')}
              maxLength={100}
              isOptional
            />
          </fieldset>
        );
      })}
    </Section>
  );
};

const bodyFrom = (
  { typed }: Draft,
  options: readonly Option[],
  choices: readonly Readonly<Record<string, string>>[],
  cells: Cells,
  status: 'draft' | 'active',
) => {
  const text = (name: string): string => (typed[name] ?? '').trim();
  const names = Object.keys(choices[0] ?? {});
  return {
    title: text('title'),
    description: text('description'),
    tax_class: text('tax_class'),
    ...(text('category_id') === '' ? {} : { category_id: text('category_id') }),
    ...(text('vendor') === '' ? {} : { vendor: text('vendor') }),
    ...(text('seller_id') === '' ? {} : { seller_id: text('seller_id') }),
    ...(options.length > 0 && names.length > 0 ? { options: names } : {}),
    variants: choices.map((choice) => {
      const { price = '', stock = '', sku = '' } = cells[keyOf(choice)] ?? {};
      return {
        ...(names.length > 0 ? { options: choice } : {}),
        price: price.trim(),
        stock: Number(stock.trim() || 0),
        ...(sku.trim() === '' ? {} : { sku: sku.trim() }),
      };
    }),
    status,
  };
};

export const Component = (): ReactElement => {
  const say = useText();
  const toast = useToast();
  const navigate = useNavigate();
  const back = useBack('products');
  const draft = useDraft('product.new', empty);
  const { typed, changed } = draft;
  const { question, release } = useLeave(changed.length > 0, draft.drop);
  const keyed = useKeyed();
  const { isBusy, failure, send } = useSending(['products']);
  const words = useFieldWords(failure);
  const categories = useCategories();
  const word = useWordOr();
  const taxClasses = useTaxClasses(typed['tax_class'] ?? '');
  const sellers = useLoaded(['users', 'sellers'], (signal) =>
    browserApi().GET('/api/v1/users', {
      params: { query: { role: 'seller', limit: 100 } },
      signal,
    }),
  );
  const options = read<readonly Option[]>(typed['options'], []);
  const cells = read<Cells>(typed['variants'], {});
  const choices = combinationsOf(options);
  const isTooMany = choices.length > variantsMax;
  const known = [
    ...Object.keys(empty),
    ...choices.flatMap((_, i) => ['price', 'stock', 'sku'].map((part) => `variants.${i}.${part}`)),
  ];
  const save = async (status: 'draft' | 'active'): Promise<void> => {
    const body = bodyFrom(draft, options, choices, cells, status);
    let made = '';
    const isDone = await send(async () => {
      const product = await keyed(body, (key) => {
        const headers = { 'idempotency-key': key };
        const asking = browserApi().POST('/api/v1/products', { headers, body: body as never });
        return bodyOf(asking, known);
      });
      made = product.id;
    });
    if (!isDone) return;
    release();
    draft.drop();
    toast(say('newProduct.made'));
    void navigate(`/admin/productos/${made}`);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isTooMany) void save('draft');
  };
  const field = (name: keyof typeof empty) => ({
    name,
    value: typed[name] ?? '',
    error: words[name],
    onChange: ({ target: { value } }: { target: { value: string } }) => draft.type(name, value),
  });
  return (
    <AdminPage title={say('title.newProduct')} back={back}>
      <form noValidate onSubmit={submit} className="flex max-w-3xl flex-col gap-8">
        {question}
        {draft.isRecovered && (
          <Notice
            title={say('product.recovered')}
            action={
              <Button size={36} onClick={draft.drop}>
                {say('product.dropDraft')}
              </Button>
            }
          />
        )}
        <FormFailure failure={failure} />
        <div className="flex flex-col gap-4">
          <TextField {...field('title')} label={say('field.product.title')} maxLength={255} />
          <TextArea {...field('description')} label={say('field.product.description')} isOptional />
          <div className="grid gap-4 sm:grid-cols-2">
            <SelectField
              {...field('category_id')}
              label={say('field.product.category_id')}
              isOptional
            >
              <option value="">{say('product.noCategory')}</option>
              {categories.map(({ id, path }) => (
                <option key={id} value={id}>
                  {path}
                </option>
              ))}
            </SelectField>
            <SelectField {...field('tax_class')} label={say('field.product.tax_class')}>
              {taxClasses.map((name) => (
                <option key={name} value={name}>
                  {word(`tax.class.${name}`, name)}
                </option>
              ))}
            </SelectField>
            <SelectField {...field('seller_id')} label={say('goods.seller')}>
              <option value="">{say('newProduct.me')}</option>
              {sellers.data?.items.map(({ id, full_name: name, username }) => (
                <option key={id} value={id}>
                  {name ?? username}
                </option>
              ))}
            </SelectField>
            <TextField
              {...field('vendor')}
              label={say('field.product.vendor')}
              maxLength={255}
              isOptional
            />
          </div>
        </div>
        <Options
          options={options}
          onChange={(next) => draft.type('options', JSON.stringify(next))}
        />
        {isTooMany ? (
          <Notice
            tone="warning"
            role="alert"
            title={say('newProduct.tooMany', { count: choices.length, most: variantsMax })}
          />
        ) : (
          <VariantCells
            choices={choices}
            cells={cells}
            words={words}
            onChange={(next) => draft.type('variants', JSON.stringify(next))}
          />
        )}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" kind="filled" isBusy={isBusy}>
            {say('newProduct.saveDraft')}
          </Button>
          <Button isBusy={isBusy} onClick={() => !isTooMany && void save('active')}>
            {say('newProduct.publish')}
          </Button>
        </div>
        <p className="text-caption text-text-2">{say('newProduct.imagesLater')}</p>
      </form>
    </AdminPage>
  );
};
