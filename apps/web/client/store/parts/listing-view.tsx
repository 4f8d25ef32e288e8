import { ListFilter, X } from 'lucide-react';
import { useState, type ReactElement, type ReactNode } from 'react';
import { Form, Link, useLocation, useSearchParams, useSubmit } from 'react-router';
import { readFailure } from '../../api/problems.ts';
import { useFormats, useSetting, useText } from '../../i18n/use-text.tsx';
import { Button, ButtonLink, buttonClasses } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Empty, RegionError } from '../../kit/feedback.tsx';
import { CheckField, SelectField, TextField } from '../../kit/field.tsx';
import { Icon } from '../../kit/icon.tsx';
import { countFilters, sorts, type Found, type Listing, type Narrowing } from '../listing.ts';
import { Basket } from '../../kit/pictures.tsx';
import { ProductGrid } from './product-card.tsx';

type Facets = NonNullable<Found['facets']>;
type Shown = Readonly<{ facets: Facets; narrowing: Narrowing; hides?: 'category' | 'seller' }>;

const GroupTitle = ({ children }: Readonly<{ children: ReactNode }>): ReactElement => (
  <legend className="mb-1 text-h3">{children}</legend>
);

/** The filters, as a form: each choice is an address. */
const Facet = ({ facets, narrowing, hides }: Shown): ReactElement => {
  const say = useText();
  const { number } = useFormats();
  const single = (
    title: string,
    name: string,
    items: readonly Readonly<{ value: string; label: string; count: number }>[],
    chosen: string,
  ): ReactElement | null =>
    items.length < 2 && chosen === '' ? null : (
      <fieldset>
        <GroupTitle>{title}</GroupTitle>
        {items.slice(0, 12).map(({ value, label, count }) => (
          <CheckField
            key={value}
            name={name}
            value={value}
            label={label}
            count={number(count)}
            defaultChecked={chosen === value}
          />
        ))}
      </fieldset>
    );
  return (
    <div className="flex flex-col gap-6">
      {hides !== 'category' &&
        single(
          say('listing.category'),
          'category',
          facets.categories.map(({ slug, name, count }) => ({ value: slug, label: name, count })),
          narrowing.category,
        )}
      <fieldset className="flex flex-col gap-2">
        <GroupTitle>{say('listing.price')}</GroupTitle>
        <div className="grid grid-cols-2 gap-2">
          <TextField
            name="min"
            label={say('listing.min')}
            inputMode="decimal"
            required={false}
            defaultValue={narrowing.minPrice}
          />
          <TextField
            name="max"
            label={say('listing.max')}
            inputMode="decimal"
            required={false}
            defaultValue={narrowing.maxPrice}
          />
        </div>
      </fieldset>
      <fieldset>
        <GroupTitle>{say('listing.availability')}</GroupTitle>
        <CheckField
          name="stock"
          value="1"
          label={say('listing.inStock')}
          count={number(facets.in_stock)}
          defaultChecked={narrowing.inStock}
        />
      </fieldset>
      {facets.options.map(({ name, values }) => (
        <fieldset key={name}>
          <GroupTitle>{name}</GroupTitle>
          {values.slice(0, 10).map(({ value, count }) => (
            <CheckField
              key={value}
              name="attr"
              value={`${name}:${value}`}
              label={value}
              count={number(count)}
              defaultChecked={narrowing.attributes.includes(`${name}:${value}`)}
            />
          ))}
        </fieldset>
      ))}
      {hides !== 'seller' &&
        single(
          say('listing.seller'),
          'seller',
          facets.sellers.map(({ id, name, count }) => ({ value: id, label: name ?? '—', count })),
          narrowing.seller,
        )}
    </div>
  );
};

/** Only the last of several boxes of one name stays, where one is all that can be asked. */
const settle = (form: HTMLFormElement, changed: EventTarget | null): URLSearchParams => {
  const params = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== 'string' || value === '') continue;
    const isSingle = name === 'category' || name === 'seller';
    const isOther =
      isSingle &&
      changed instanceof HTMLInputElement &&
      changed.name === name &&
      changed.checked &&
      changed.value !== value;
    if (!isOther) params.append(name, value);
  }
  return params;
};

const FilterForm = (shown: Shown & Readonly<{ onDone?: () => void }>): ReactElement => {
  const say = useText();
  const submit = useSubmit();
  const { narrowing, onDone } = shown;
  return (
    <Form
      onChange={(event) => {
        if (event.target instanceof HTMLInputElement && event.target.type === 'text') return;
        void submit(settle(event.currentTarget, event.target), { preventScrollReset: true });
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void submit(settle(event.currentTarget, null), { preventScrollReset: true });
        onDone?.();
      }}
    >
      <input type="hidden" name="q" value={narrowing.q} />
      <input type="hidden" name="sort" value={narrowing.sort ?? ''} />
      <Facet key={JSON.stringify(narrowing)} {...shown} />
      <Button type="submit" size={40} className="mt-4" isWide>
        {say('listing.apply')}
      </Button>
    </Form>
  );
};

/** What is on, each with its way off. */
const Active = ({ narrowing, facets }: Shown): ReactElement | null => {
  const say = useText();
  const { money } = useFormats();
  const { currency } = useSetting();
  const [params] = useSearchParams();
  const { pathname } = useLocation();
  const without = (name: string, value?: string): string => {
    const rest = new URLSearchParams(
      [...params].filter(
        ([key, item]) =>
          key !== 'after' && !(key === name && (value === undefined || item === value)),
      ),
    );
    return `${pathname}?${rest}`;
  };
  const { minPrice, maxPrice } = narrowing;
  // What somebody typed into the address may be no number.
  const priceOf = (typed: string): string =>
    Number.isFinite(Number(typed)) ? money(typed, currency) : typed;
  const chips: readonly (readonly [string, string])[] = [
    ...(narrowing.category === ''
      ? []
      : [
          [
            facets.categories.find(({ slug }) => slug === narrowing.category)?.name ??
              narrowing.category,
            without('category'),
          ] as const,
        ]),
    ...(minPrice === ''
      ? []
      : [[say('listing.fromPrice', { price: priceOf(minPrice) }), without('min')] as const]),
    ...(maxPrice === ''
      ? []
      : [[say('listing.toPrice', { price: priceOf(maxPrice) }), without('max')] as const]),
    ...(narrowing.inStock ? [[say('listing.inStock'), without('stock')] as const] : []),
    ...narrowing.attributes.map(
      (value) => [value.replace(':', ': '), without('attr', value)] as const,
    ),
    ...(narrowing.seller === ''
      ? []
      : [
          [
            facets.sellers.find(({ id }) => id === narrowing.seller)?.name ?? say('listing.seller'),
            without('seller'),
          ] as const,
        ]),
  ];
  if (chips.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2">
      {chips.map(([label, to]) => (
        <li key={to}>
          <Link
            to={to}
            preventScrollReset
            aria-label={say('listing.remove', { name: label })}
            className="inline-flex h-9 items-center gap-1.5 rounded-control-small border border-primary bg-primary-soft px-3 text-small text-primary"
          >
            {label}
            <Icon of={X} size={16} />
          </Link>
        </li>
      ))}
    </ul>
  );
};

const SortChoice = ({ narrowing }: Readonly<{ narrowing: Narrowing }>): ReactElement => {
  const say = useText();
  const submit = useSubmit();
  const [params] = useSearchParams();
  const shown = sorts.filter((sort) => sort !== 'relevance' || narrowing.q !== '');
  return (
    <Form
      className="flex items-center gap-2"
      onChange={(event) => void submit(event.currentTarget, { preventScrollReset: true })}
    >
      {[...params]
        .filter(([name]) => name !== 'sort' && name !== 'after')
        .map(([name, value]) => (
          <input key={name + value} type="hidden" name={name} value={value} />
        ))}
      <SelectField
        name="sort"
        isCompact
        label={<span className="sr-only">{say('listing.sort')}</span>}
        required={false}
        value={narrowing.sort ?? shown[0]!}
        onChange={() => {}}
      >
        {shown.map((sort) => (
          <option key={sort} value={sort}>
            {say(`listing.sort.${sort}`)}
          </option>
        ))}
      </SelectField>
      <noscript>
        <button type="submit" className={buttonClasses('outline', 36)}>
          {say('listing.apply')}
        </button>
      </noscript>
    </Form>
  );
};

/** A list of products with what narrows it. */
export const ListingView = ({
  listing: { found, narrowing, requestId },
  hides,
}: Readonly<{ listing: Listing; hides?: 'category' | 'seller' }>): ReactElement => {
  const say = useText();
  const [isOpen, setOpen] = useState(false);
  const [params] = useSearchParams();
  const { pathname } = useLocation();
  if (!found)
    return (
      <RegionError
        failure={{ ...readFailure(undefined, undefined), status: 503, requestId }}
        title={say('listing.failed')}
        onRetry={() => location.reload()}
      />
    );
  const { items, facets, next_cursor: next } = found;
  const on = countFilters(narrowing);
  const nextPage = new URLSearchParams(params);
  if (next !== null) nextPage.set('after', next);
  const shown = facets && { facets, narrowing, ...(hides ? { hides } : {}) };
  return (
    <div className="grid gap-8 lg:grid-cols-[240px_1fr]">
      {shown && (
        <aside aria-label={say('listing.filters')} className="hidden lg:block">
          <FilterForm {...shown} />
        </aside>
      )}
      <div className="flex min-w-0 flex-col gap-5">
        <h2 className="sr-only">{say('listing.results')}</h2>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p role="status" className="text-small text-text-2">
            {say(next === null && narrowing.cursor === '' ? 'listing.count' : 'listing.countMore', {
              count: items.length,
            })}
          </p>
          <div className="flex flex-wrap items-center gap-2">
            {shown && (
              <span className="lg:hidden">
                <Button size={36} icon={ListFilter} onClick={() => setOpen(true)}>
                  {on > 0 ? say('listing.filtersOn', { count: on }) : say('listing.filters')}
                </Button>
              </span>
            )}
            <SortChoice narrowing={narrowing} />
          </div>
        </div>
        {shown && <Active {...shown} />}
        {items.length === 0 ? (
          <Empty
            picture={<Basket />}
            title={say('listing.nothing')}
            action={
              <ButtonLink
                to={on > 0 ? `${pathname}?q=${encodeURIComponent(narrowing.q)}` : pathname}
              >
                {say(on > 0 ? 'listing.clear' : 'listing.all')}
              </ButtonLink>
            }
          >
            {say(on > 0 ? 'listing.nothingFiltered' : 'listing.nothingText')}
          </Empty>
        ) : (
          <ProductGrid products={items} isNarrow />
        )}
        {next !== null && (
          <p className="mt-6 flex justify-center">
            <ButtonLink to={`${pathname}?${nextPage}`}>{say('listing.next')}</ButtonLink>
          </p>
        )}
      </div>
      {shown && (
        <Dialog
          isOpen={isOpen}
          onClose={() => setOpen(false)}
          title={say('listing.filters')}
          side="end"
        >
          <FilterForm {...shown} onDone={() => setOpen(false)} />
        </Dialog>
      )}
    </div>
  );
};
