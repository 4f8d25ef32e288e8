import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { Ban, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { cartPath, productPath, searchPath } from '../../addresses.ts';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { unreachable, type Failure } from '../api/problems.ts';
import { useFormats, useSetting, useText } from '../i18n/use-text.tsx';
import { Button, ButtonLink, IconButton } from '../kit/button.tsx';
import { Empty, FormFailure, Tag } from '../kit/feedback.tsx';
import { ProductImage } from '../kit/image.tsx';
import { Basket } from '../kit/pictures.tsx';
import { useToast } from '../kit/toast.tsx';
import { bodyOf, RequestFailed, useSending, type Loaded } from '../kit/use-request.ts';
import { AccountPage, Region } from './frame.tsx';

type Page = AnswerOf<'/api/v1/users/me/favourites', 'get'>;
type Item = Page['items'][number];
type Pages = InfiniteData<Page, string | undefined>;

const key = ['favourites'];
const undoMs = 7_000;

const useFavourites = () => {
  const query = useInfiniteQuery({
    queryKey: key,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) => {
      const of = { limit: 20, ...(cursor === undefined ? {} : { cursor }) };
      const params = { query: of };
      return bodyOf(browserApi().GET('/api/v1/users/me/favourites', { params, signal }));
    },
    getNextPageParam: ({ next_cursor: next }: Page) => next ?? undefined,
    retry: false,
    // What can still be undone would be gone from what the server answers.
    refetchOnWindowFocus: false,
  });
  const { data, error, isPending, refetch } = query;
  const loaded: Loaded<readonly Item[]> = {
    data: data?.pages.flatMap(({ items }) => items),
    failure: error instanceof RequestFailed ? error.failure : error ? unreachable() : undefined,
    isLoading: isPending,
    retry: () => void refetch(),
  };
  return { loaded, query };
};

/** What goes is shown as gone before the server has said so, and what is refused comes back. */
const useLeaving = ({ id }: Item) => {
  const [isGone, setGone] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const change = async (isKept: boolean): Promise<void> => {
    setGone(!isKept);
    setFailure(undefined);
    const params = { path: { id } };
    const url = '/api/v1/users/me/favourites/{id}';
    const mine = last.current.then(() =>
      bodyOf(isKept ? browserApi().PUT(url, { params }) : browserApi().DELETE(url, { params })),
    );
    last.current = mine.catch(() => undefined);
    try {
      await mine;
    } catch (error) {
      setGone(isKept);
      setFailure(error instanceof RequestFailed ? error.failure : unreachable());
    }
  };
  return { isGone, failure, change };
};

/** What was removed, for as long as it can be taken back; whoever is at it has all the time. */
const Gone = ({
  item,
  failure,
  onUndo,
  onEnd,
}: Readonly<{
  item: Item;
  failure: Failure | undefined;
  onUndo: () => void;
  onEnd: () => void;
}>): ReactElement => {
  const say = useText();
  const [isHeld, setHeld] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    if (isHeld || failure) return undefined;
    const timer = setTimeout(onEnd, undoMs);
    return () => clearTimeout(timer);
    // Begins anew when somebody lets go of it, and not with each drawing.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isHeld, failure]);
  return (
    <li
      className="flex flex-col gap-2 border-b border-line px-4 py-2 last:border-0"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={({ target }) => setHeld(target.matches(':focus-visible'))}
      onBlur={() => setHeld(false)}
    >
      <div className="flex items-center justify-between gap-3 text-small">
        <span role="status" className="min-w-0 [overflow-wrap:anywhere] text-text-2">
          {say('favourites.removed', { title: item.title })}
        </span>
        <button
          ref={button}
          type="button"
          onClick={onUndo}
          className="inline-flex min-h-11 shrink-0 items-center rounded-control-small px-2 font-semibold text-primary underline"
        >
          {say('favourites.undo')}
        </button>
      </div>
      <FormFailure failure={failure} />
    </li>
  );
};

const Price = ({ item }: Readonly<{ item: Item }>): ReactElement | null => {
  const say = useText();
  const { money } = useFormats();
  const { price, price_max: most, currency } = item;
  if (price === null) return null;
  return (
    <p className="tabular text-h3">
      {price === most
        ? money(price, currency)
        : say('favourites.from', { price: money(price, currency) })}
    </p>
  );
};

const StockTag = ({ item }: Readonly<{ item: Item }>): ReactElement => {
  const say = useText();
  if (!item.is_for_sale) return <Tag icon={Ban}>{say('favourites.notSold')}</Tag>;
  return item.in_stock ? (
    <Tag tone="success">{say('favourites.inStock')}</Tag>
  ) : (
    <Tag tone="warning">{say('favourites.soldOut')}</Tag>
  );
};

/** The way on: into the cart, or to the page where something has to be chosen first. */
const Buy = ({ item }: Readonly<{ item: Item }>): ReactElement | null => {
  const say = useText();
  const toast = useToast();
  const { language } = useSetting();
  const { isBusy, failure, send } = useSending();
  const { variant_id: variantId } = item;
  if (!item.is_for_sale || !item.in_stock) return null;
  if (variantId === null)
    return (
      <ButtonLink to={productPath(language, item)} isDocument size={40}>
        {say('favourites.choose')}
      </ButtonLink>
    );
  const add = async (): Promise<void> => {
    const body = { variant_id: variantId, quantity: 1 };
    const isDone = await send(() => bodyOf(browserApi().POST('/api/v1/cart/add', { body })));
    if (!isDone) return;
    toast(
      say('favourites.added'),
      <a
        href={cartPath(language)}
        className="inline-flex min-h-9 items-center px-1 font-semibold text-primary underline"
      >
        {say('account.cart')}
      </a>,
    );
  };
  return (
    <>
      <Button size={40} kind="soft" isBusy={isBusy} onClick={() => void add()}>
        {say('favourites.add')}
      </Button>
      <div className="w-full empty:hidden">
        <FormFailure failure={failure} />
      </div>
    </>
  );
};

const Row = ({ item, onEnd }: Readonly<{ item: Item; onEnd: () => void }>): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const { isGone, failure, change } = useLeaving(item);
  if (isGone)
    return <Gone item={item} failure={failure} onUndo={() => void change(true)} onEnd={onEnd} />;
  const { title, image } = item;
  return (
    <li className="flex gap-4 border-b border-line p-4 last:border-0">
      <ProductImage
        url={image?.url}
        alt=""
        sizes="96px"
        className={`size-20 shrink-0 rounded-control-small sm:size-24 ${item.is_for_sale ? '' : 'opacity-60'}`}
      />
      <div className="flex min-w-0 flex-1 flex-col items-start gap-1.5">
        <p className="text-body font-medium [overflow-wrap:anywhere]">
          {item.is_for_sale ? (
            <a
              href={productPath(language, item)}
              className="inline-flex min-h-6 items-center hover:underline"
            >
              {title}
            </a>
          ) : (
            title
          )}
        </p>
        <Price item={item} />
        <StockTag item={item} />
        <div className="mt-1 flex w-full flex-wrap gap-2 empty:hidden">
          <Buy item={item} />
        </div>
        <div className="w-full empty:hidden">
          <FormFailure failure={failure} />
        </div>
      </div>
      <IconButton
        icon={Trash2}
        label={say('favourites.remove', { title })}
        className="-mt-2 -mr-2 shrink-0"
        onClick={() => void change(false)}
      />
    </li>
  );
};

/** The products that somebody keeps for later, as they are now. */
export const Component = (): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const queries = useQueryClient();
  const { loaded, query } = useFavourites();
  const drop = (id: string): void => {
    queries.setQueryData<Pages>(
      key,
      (now) =>
        now && {
          ...now,
          pages: now.pages.map((page) => ({
            ...page,
            items: page.items.filter((item) => item.id !== id),
          })),
        },
    );
  };
  return (
    <AccountPage title={say('account.favourites')}>
      <Region of={loaded} lines={4}>
        {(items) =>
          items.length === 0 && !query.hasNextPage ? (
            <Empty
              picture={<Basket />}
              title={say('favourites.none')}
              action={
                <ButtonLink to={searchPath(language)} isDocument kind="filled">
                  {say('account.browse')}
                </ButtonLink>
              }
            >
              {say('favourites.noneText')}
            </Empty>
          ) : (
            <ul className="rounded-card border border-line bg-surface empty:hidden">
              {items.map((item) => (
                <Row key={item.id} item={item} onEnd={() => drop(item.id)} />
              ))}
            </ul>
          )
        }
      </Region>
      {query.hasNextPage && (
        <Button
          className="self-center"
          isBusy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {say('favourites.more')}
        </Button>
      )}
      <FormFailure failure={loaded.data && loaded.failure} />
    </AccountPage>
  );
};
