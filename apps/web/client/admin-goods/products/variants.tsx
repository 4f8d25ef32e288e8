import { Pencil, Plus } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import { browserApi } from '../../api/client.ts';
import { Section } from '../../admin/kit/page.tsx';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { Button, IconButton } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { FormFailure } from '../../kit/feedback.tsx';
import { SelectField, TextField } from '../../kit/field.tsx';
import { Table } from '../../kit/layout.tsx';
import { useToast } from '../../kit/toast.tsx';
import { useFieldWords } from '../../kit/use-failure.ts';
import { bodyOf, RequestFailed, useSending } from '../../kit/use-request.ts';
import { Confirm } from '../parts/confirm.tsx';
import { ifMatch } from '../parts/request.ts';
import { clashesOf, Conflict, type Clash } from './conflict.tsx';
import type { Product } from './details-form.tsx';
import type { Typed } from './draft.ts';

export type Variant = Product['variants'][number];

const own = ['price', 'compare_at_price', 'sku', 'barcode', 'weight_grams', 'low_stock_threshold'];

const optionsOf = (variant: Variant | undefined): Readonly<Record<string, string>> =>
  variant?.options ?? {};

export const nameOf = (variant: Pick<Variant, 'options' | 'sku'>): string =>
  Object.values(variant.options as Record<string, string>).join(' / ') || variant.sku;

const fieldsOf = (product: Product, variant: Variant | undefined): Typed => ({
  price: variant?.price ?? '',
  compare_at_price: variant?.compare_at_price ?? '',
  sku: variant?.sku ?? '',
  barcode: variant?.barcode ?? '',
  weight_grams: String(variant?.weight_grams ?? 0),
  low_stock_threshold: String(variant?.low_stock_threshold ?? 5),
  image_id: variant?.image_id ?? '',
  stock: '0',
  ...Object.fromEntries(
    product.options.map(({ name }) => [`options.${name}`, optionsOf(variant)[name] ?? '']),
  ),
});

const bodyFrom = (product: Product, typed: Typed, isNew: boolean) => {
  const text = (name: string): string => (typed[name] ?? '').trim();
  return {
    price: text('price'),
    compare_at_price: text('compare_at_price') || null,
    ...(text('sku') === '' ? {} : { sku: text('sku') }),
    barcode: text('barcode') || null,
    weight_grams: Number(text('weight_grams')),
    low_stock_threshold: Number(text('low_stock_threshold')),
    image_id: text('image_id') || null,
    ...(product.options.length === 0
      ? {}
      : {
          options: Object.fromEntries(
            product.options.map(({ name }) => [name, text(`options.${name}`)]),
          ),
        }),
    ...(isNew ? { stock: Number(text('stock')) } : {}),
  };
};

/** Saves a variant; where somebody else was faster, it says what is there now. */
const useSavingVariant = (product: Product, variant: Variant | undefined) => {
  const { isBusy, failure, send } = useSending(['products'], ['stock']);
  const [clashes, setClashes] = useState<readonly Clash[]>();
  const before = fieldsOf(product, variant);
  const known = [...own, 'stock', ...product.options.map(({ name }) => `options.${name}`)];
  const put = async (typed: Typed, version: number): Promise<void> => {
    const body = bodyFrom(product, typed, variant === undefined);
    if (variant === undefined) {
      const params = { path: { id: product.id } };
      await bodyOf(browserApi().POST('/api/v1/products/{id}/variants', { params, body }), known);
      return;
    }
    const params = { path: { id: product.id, variant_id: variant.id } };
    const headers = ifMatch(version);
    const url = '/api/v1/products/{id}/variants/{variant_id}';
    await bodyOf(browserApi().PATCH(url, { params, headers, body }), known);
  };
  const readFresh = () =>
    bodyOf(browserApi().GET('/api/v1/products/{id}', { params: { path: { id: product.id } } }));
  const save = (typed: Typed): Promise<boolean> =>
    send(async () => {
      try {
        await put(typed, product.version);
      } catch (error) {
        if (!(error instanceof RequestFailed) || error.failure.status !== 412) throw error;
        const fresh = await readFresh();
        const now = fieldsOf(
          fresh,
          fresh.variants.find(({ id }) => id === variant?.id),
        );
        const changed = Object.keys(before).filter((name) => typed[name] !== before[name]);
        // What I left as it was stays as it is now.
        const merged = { ...now, ...Object.fromEntries(changed.map((n) => [n, typed[n] ?? ''])) };
        const found = clashesOf(changed, typed, now).filter(
          ({ name, theirs }) => theirs !== before[name],
        );
        if (found.length > 0) {
          setClashes(found);
          throw error;
        }
        await put(merged, fresh.version);
      }
    });
  const settle = (typed: Typed): Promise<boolean> =>
    send(async () => {
      await put(typed, (await readFresh()).version);
      setClashes(undefined);
    });
  return { isBusy, failure, save, settle, clashes, close: () => setClashes(undefined) };
};

const VariantForm = ({
  product,
  variant,
  onDone,
}: Readonly<{
  product: Product;
  variant: Variant | undefined;
  onDone: () => void;
}>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const [typed, setTyped] = useState(() => fieldsOf(product, variant));
  const { isBusy, failure, save, settle, clashes, close } = useSavingVariant(product, variant);
  const words = useFieldWords(failure);
  const labels = Object.fromEntries(
    Object.keys(typed).map((name) => [
      name,
      name.startsWith('options.') ? name.slice(8) : say(`field.variant.${name}`),
    ]),
  );
  const finish = (isDone: boolean): void => {
    if (!isDone) return;
    toast(say('product.saved'));
    onDone();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save(typed).then(finish);
  };
  const field = (name: string) => ({
    name,
    label: labels[name],
    value: typed[name] ?? '',
    error: words[name],
    onChange: ({ target: { value } }: { target: { value: string } }) =>
      setTyped({ ...typed, [name]: value }),
  });
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {failure?.status !== 412 && <FormFailure failure={failure} fieldNames={labels} />}
      {product.options.map(({ name }) => (
        <TextField key={name} {...field(`options.${name}`)} maxLength={255} />
      ))}
      <TextField
        {...field('price')}
        inputMode="decimal"
        hint={say('product.priceHint', { currency: product.currency })}
      />
      <TextField {...field('compare_at_price')} inputMode="decimal" isOptional />
      <TextField {...field('sku')} maxLength={100} isOptional />
      {variant === undefined && <TextField {...field('stock')} inputMode="numeric" />}
      <TextField {...field('low_stock_threshold')} inputMode="numeric" />
      <TextField {...field('barcode')} maxLength={100} isOptional />
      <TextField {...field('weight_grams')} inputMode="numeric" />
      {product.images.length > 0 && (
        <SelectField {...field('image_id')} isOptional>
          <option value="">{say('product.firstImage')}</option>
          {product.images.map(({ id, alt }, i) => (
            <option key={id} value={id}>
              {say('product.imageNumber', { number: i + 1, alt })}
            </option>
          ))}
        </SelectField>
      )}
      <Button type="submit" kind="filled" isBusy={isBusy}>
        {say('goods.save')}
      </Button>
      <Conflict
        clashes={clashes}
        labels={labels}
        isBusy={isBusy}
        onClose={close}
        onSettle={(chosen) => void settle({ ...typed, ...chosen }).then(finish)}
      />
    </form>
  );
};

/** The variants of a product, each with its price and what is there of it. */
export const Variants = ({ product }: Readonly<{ product: Product }>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const { money, number } = useFormats();
  const [edited, setEdited] = useState<Variant | 'new'>();
  const [leaving, setLeaving] = useState<Variant>();
  const { isBusy, failure, send, clear } = useSending(['products'], ['stock']);
  const remove = async ({ id }: Variant): Promise<void> => {
    const params = { path: { id: product.id, variant_id: id } };
    const headers = ifMatch(product.version);
    const url = '/api/v1/products/{id}/variants/{variant_id}';
    if (!(await send(() => bodyOf(browserApi().DELETE(url, { params, headers }))))) return;
    toast(say('product.variantRemoved'));
    setLeaving(undefined);
  };
  const title = typeof edited === 'object' ? nameOf(edited) : say('product.addVariant');
  return (
    <Section
      id="variants"
      title={say('product.variants')}
      action={
        product.options.length > 0 && (
          <Button size={36} icon={Plus} onClick={() => setEdited('new')}>
            {say('product.addVariant')}
          </Button>
        )
      }
    >
      <div className="rounded-card border border-line bg-surface">
        <Table
          caption={say('goods.tableOf', { what: say('product.variants') })}
          rows={product.variants}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'name',
              title: say('product.variant'),
              cell: (variant) => (
                <span className="flex min-w-28 flex-col py-1.5">
                  <span className="font-medium">{nameOf(variant)}</span>
                  {nameOf(variant) !== variant.sku && (
                    <code className="text-caption text-text-2">{variant.sku}</code>
                  )}
                </span>
              ),
            },
            {
              key: 'price',
              title: say('products.price'),
              isNumber: true,
              cell: ({ price, currency }) => money(price, currency),
            },
            {
              key: 'onHand',
              title: say('stock.onHand'),
              isNumber: true,
              cell: ({ on_hand: onHand = 0 }) => number(onHand),
            },
            {
              key: 'available',
              title: say('stock.available'),
              isNumber: true,
              cell: ({ available }) => number(available),
            },
            {
              key: 'actions',
              title: say('goods.actions'),
              cell: (variant) => (
                <span className="flex items-center">
                  <IconButton
                    icon={Pencil}
                    label={say('product.editOf', { name: nameOf(variant) })}
                    onClick={() => setEdited(variant)}
                  />
                  {product.variants.length > 1 && (
                    <Button
                      size={36}
                      kind="quiet"
                      aria-label={say('product.removeOf', { name: nameOf(variant) })}
                      onClick={() => {
                        clear();
                        setLeaving(variant);
                      }}
                    >
                      {say('goods.remove')}
                    </Button>
                  )}
                </span>
              ),
            },
          ]}
        />
      </div>
      <Dialog
        isOpen={edited !== undefined}
        onClose={() => setEdited(undefined)}
        title={title}
        side="end"
      >
        {edited !== undefined && (
          <VariantForm
            key={edited === 'new' ? 'new' : edited.id}
            product={product}
            variant={edited === 'new' ? undefined : edited}
            onDone={() => setEdited(undefined)}
          />
        )}
      </Dialog>
      <Confirm
        isOpen={leaving !== undefined}
        title={say('product.removeVariant')}
        text={say('product.removeVariantText', { name: leaving ? nameOf(leaving) : '' })}
        action={say('product.removeVariant')}
        isBusy={isBusy}
        failure={failure}
        onConfirm={() => leaving && void remove(leaving)}
        onClose={() => setLeaving(undefined)}
      />
    </Section>
  );
};
