import { useState, type FormEvent, type ReactElement } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { FormFailure, Notice } from '../../kit/feedback.tsx';
import { SelectField, TextArea, TextField } from '../../kit/field.tsx';
import { useToast } from '../../kit/toast.tsx';
import { useFieldWords } from '../../kit/use-failure.ts';
import { bodyOf, RequestFailed, useLoaded, useSending } from '../../kit/use-request.ts';
import { useWordOr } from '../../office/coded.ts';
import { ifMatch } from '../parts/request.ts';
import { useCategories } from './categories.ts';
import { clashesOf, Conflict, type Clash } from './conflict.tsx';
import { useLeave } from '../../office/use-leave.ts';
import { useDraft, type Typed } from './draft.ts';

export type Product = AnswerOf<'/api/v1/products/{id}', 'get'>;

const names = [
  'title',
  'description',
  'category_id',
  'vendor',
  'tax_class',
  'tags',
  'seo_title',
  'seo_description',
] as const;

const fieldsOf = (product: Product): Typed => ({
  title: product.title,
  description: product.description,
  category_id: product.category?.id ?? '',
  vendor: product.seller.name ?? '',
  tax_class: product.tax_class,
  tags: product.tags.join(', '),
  seo_title: product.seo.title,
  seo_description: product.seo.description,
});

const tagsOf = (text: string): string[] =>
  text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');

/** The changed fields as the API takes them. */
const bodyFrom = (typed: Typed, changed: readonly string[]) => {
  const text = (name: string): string => (typed[name] ?? '').trim();
  const has = (name: string): boolean => changed.includes(name);
  return {
    ...(has('title') ? { title: text('title') } : {}),
    ...(has('description') ? { description: text('description') } : {}),
    ...(has('category_id') ? { category_id: text('category_id') || null } : {}),
    ...(has('vendor') ? { vendor: text('vendor') } : {}),
    ...(has('tax_class') ? { tax_class: text('tax_class') } : {}),
    ...(has('tags') ? { tags: tagsOf(text('tags')) } : {}),
    ...(has('seo_title') || has('seo_description')
      ? { seo: { title: text('seo_title'), description: text('seo_description') } }
      : {}),
  };
};

/** The classes of tax that the operator has rates for, and the one that the product has. */
export const useTaxClasses = (now: string): readonly string[] => {
  const { data } = useLoaded(['tax-rates'], (signal) =>
    browserApi().GET('/api/v1/tax-rates', { params: { query: { limit: 100 } }, signal }),
  );
  return [...new Set(['standard', now, ...(data?.items ?? []).map((rate) => rate.tax_class)])];
};

/** Loads what is there now, saves over it, and says where two people changed the same. */
const useSaving = (product: Product) => {
  const queries = useQueryClient();
  const { isBusy, failure, send } = useSending(['products']);
  const [clashes, setClashes] = useState<readonly Clash[]>();
  const params = { path: { id: product.id } };
  const patch = async (body: object, version: number): Promise<void> => {
    const request = browserApi().PATCH('/api/v1/products/{id}', {
      params,
      headers: ifMatch(version),
      body,
    });
    queries.setQueryData(
      ['products', 'detail', product.id],
      await bodyOf(request, [...names, 'seo']),
    );
  };
  const save = (typed: Typed, changed: readonly string[]): Promise<boolean> =>
    send(async () => {
      try {
        await patch(bodyFrom(typed, changed), product.version);
      } catch (error) {
        if (!(error instanceof RequestFailed) || error.failure.status !== 412) throw error;
        const fresh = await bodyOf(browserApi().GET('/api/v1/products/{id}', { params }));
        const found = clashesOf(changed, typed, fieldsOf(fresh));
        if (found.length > 0) {
          setClashes(found);
          throw error;
        }
        await patch(bodyFrom(typed, changed), fresh.version);
      }
    });
  /** What was chosen of both, over whatever is there by now. */
  const settle = (typed: Typed, changed: readonly string[]): Promise<boolean> =>
    send(async () => {
      const fresh = await bodyOf(browserApi().GET('/api/v1/products/{id}', { params }));
      await patch(bodyFrom(typed, changed), fresh.version);
      setClashes(undefined);
    });
  return { isBusy, failure, save, settle, clashes, close: () => setClashes(undefined) };
};

/** What a product says of itself, with a bar that says what is not saved yet. */
export const DetailsForm = ({ product }: Readonly<{ product: Product }>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const draft = useDraft(`product.${product.id}`, fieldsOf(product));
  const { typed, changed } = draft;
  const { question } = useLeave(changed.length > 0, draft.drop);
  const { isBusy, failure, save, settle, clashes, close } = useSaving(product);
  const words = useFieldWords(failure);
  const categories = useCategories();
  const word = useWordOr();
  const taxClasses = useTaxClasses(typed['tax_class'] ?? '');
  const labels = Object.fromEntries(names.map((name) => [name, say(`field.product.${name}`)]));
  const finish = (isDone: boolean): void => {
    if (!isDone) return;
    draft.drop();
    toast(say('product.saved'));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (changed.length > 0) void save(typed, changed).then(finish);
  };
  const field = (name: (typeof names)[number]) => ({
    name,
    label: labels[name],
    value: typed[name] ?? '',
    error: words[name],
    onChange: ({ target: { value } }: { target: { value: string } }) => draft.type(name, value),
  });
  return (
    <form data-page-form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {question}
      {draft.isRecovered && (
        <Notice
          tone="info"
          title={say('product.recovered')}
          action={
            <Button size={36} onClick={draft.drop}>
              {say('product.dropDraft')}
            </Button>
          }
        />
      )}
      {failure?.status !== 412 && <FormFailure failure={failure} fieldNames={labels} />}
      <TextField {...field('title')} data-page-edit maxLength={255} />
      <TextArea {...field('description')} rows={6} isOptional />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField {...field('category_id')} isOptional>
          <option value="">{say('product.noCategory')}</option>
          {categories.map(({ id, path }) => (
            <option key={id} value={id}>
              {path}
            </option>
          ))}
        </SelectField>
        <SelectField {...field('tax_class')}>
          {taxClasses.map((name) => (
            <option key={name} value={name}>
              {word(`tax.class.${name}`, name)}
            </option>
          ))}
        </SelectField>
        <TextField {...field('vendor')} maxLength={255} isOptional />
        <TextField {...field('tags')} hint={say('product.tagsHint')} isOptional />
        <TextField {...field('seo_title')} maxLength={255} isOptional />
        <TextField {...field('seo_description')} maxLength={1_000} isOptional />
      </div>
      {changed.length > 0 && (
        <div
          role="region"
          aria-label={say('product.unsaved')}
          className="enter sticky bottom-4 z-20 flex flex-wrap items-center justify-between gap-3 rounded-card bg-raised p-3 shadow-floating"
        >
          <p className="min-w-0 flex-1 text-small">
            {say('product.unsavedOf', { fields: changed.map((name) => labels[name]).join(', ') })}
          </p>
          <Button size={40} onClick={draft.drop}>
            {say('product.discard')}
          </Button>
          <Button type="submit" kind="filled" size={40} isBusy={isBusy}>
            {say('goods.save')}
          </Button>
        </div>
      )}
      <Conflict
        clashes={clashes}
        labels={labels}
        isBusy={isBusy}
        onClose={close}
        onSettle={(chosen) => void settle({ ...typed, ...chosen }, changed).then(finish)}
      />
    </form>
  );
};
