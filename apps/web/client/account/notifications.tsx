import { useQueryClient } from '@tanstack/react-query';
import { CheckCheck, ShieldAlert, Store, type LucideIcon } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { Link, useSearchParams } from 'react-router';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { Moment, useSetting, useText } from '../i18n/use-text.tsx';
import { Button } from '../kit/button.tsx';
import { Empty, FormFailure, Tag } from '../kit/feedback.tsx';
import { Icon } from '../kit/icon.tsx';
import { Basket } from '../kit/pictures.tsx';
import { bodyOf, useLoaded, useSending } from '../kit/use-request.ts';
import { AccountPage, Region } from './frame.tsx';
import { NotificationChoices } from './notification-choices.tsx';
import { orderStates } from './order-state.ts';

type Page = AnswerOf<'/api/v1/notifications', 'get'>;
type Item = Page['items'][number];

const iconOf = ({ cause }: Item): LucideIcon =>
  cause === 'security' ? ShieldAlert : (orderStates[cause.replace('order_', '')]?.[1] ?? Store);

/** Where something can be done about it; undefined: there is nothing to do. */
const placeOf = ({ kind, order_id: order }: Item): string | undefined => {
  if (order !== null) return `/cuenta/pedidos/${order}`;
  return kind === 'account_security_changed' ? '/cuenta/seguridad' : undefined;
};

/** Marks as read before the server has said so, and asks again whatever it says. */
const useReading = () => {
  const queries = useQueryClient();
  const { send, isBusy, failure } = useSending();
  const tell = (work: () => Promise<unknown>): void =>
    void send(work).then(() => queries.invalidateQueries({ queryKey: ['notifications'] }));
  const seem = (isRead: (item: Item) => boolean): void => {
    queries.setQueriesData<Page>({ queryKey: ['notifications'] }, (page) => {
      if (!page?.items) return page;
      const now = new Date().toISOString();
      const fresh = page.items.filter((item) => item.read_at === null && isRead(item)).length;
      const items = page.items.map((item) =>
        item.read_at === null && isRead(item) ? { ...item, read_at: now } : item,
      );
      return { ...page, items, unread_count: Math.max(0, page.unread_count - fresh) };
    });
  };
  const api = browserApi();
  return {
    isBusy,
    failure,
    one: (id: string): void => {
      seem((item) => item.id === id);
      const params = { path: { id } };
      tell(() => bodyOf(api.POST('/api/v1/notifications/{id}/read', { params, body: {} })));
    },
    all: (upTo: string | undefined): void => {
      seem(() => true);
      const body = upTo === undefined ? {} : { up_to: upTo };
      tell(() => bodyOf(api.POST('/api/v1/notifications/read-all', { body })));
    },
  };
};

const Row = ({
  item,
  onRead,
}: Readonly<{ item: Item; onRead: (id: string) => void }>): ReactElement => {
  const say = useText();
  const isNew = item.read_at === null;
  const place = placeOf(item);
  const read = (): void => {
    if (isNew) onRead(item.id);
  };
  return (
    <li className="flex items-start gap-3 border-b border-line px-3 py-3.5 last:border-0">
      <span
        className={`mt-0.5 flex size-9 shrink-0 items-center justify-center rounded-full ${isNew ? 'bg-primary-soft text-primary' : 'bg-sunken text-text-3'}`}
      >
        <Icon of={iconOf(item)} />
      </span>
      <span className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {place === undefined ? (
            <span className={`text-body ${isNew ? 'font-semibold' : ''}`}>{item.title}</span>
          ) : (
            <Link
              to={place}
              onClick={read}
              className={`inline-flex min-h-6 items-center text-body hover:underline ${isNew ? 'font-semibold' : ''}`}
            >
              {item.title}
            </Link>
          )}
          {isNew && (
            <Tag tone="info" icon={false}>
              {say('notifications.new')}
            </Tag>
          )}
        </span>
        <span className="text-small text-text-2 [overflow-wrap:anywhere]">{item.text}</span>
        <span className="flex flex-wrap items-center gap-x-4 text-caption text-text-3">
          <Moment at={item.created_at} />
          {isNew && (
            <button
              type="button"
              onClick={read}
              aria-label={say('notifications.readThis', { title: item.title })}
              className="inline-flex min-h-6 items-center font-medium text-primary hover:underline"
            >
              {say('notifications.read')}
            </button>
          )}
        </span>
      </span>
    </li>
  );
};

const List = ({
  cursor,
  isUnread,
  isLast,
  onMore,
  onRead,
}: Readonly<{
  cursor: string | undefined;
  isUnread: boolean;
  isLast: boolean;
  onMore: (cursor: string) => void;
  onRead: (id: string) => void;
}>): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const query = {
    limit: 20,
    ...(isUnread ? { unread: true } : {}),
    ...(cursor === undefined ? {} : { cursor }),
  };
  const loaded = useLoaded(['notifications', isUnread, cursor ?? ''], (signal) =>
    browserApi().GET('/api/v1/notifications', {
      params: { query },
      headers: { 'accept-language': language },
      signal,
    }),
  );
  return (
    <Region of={loaded} lines={5}>
      {({ items, next_cursor: next }) =>
        items.length === 0 && cursor === undefined ? (
          <Empty
            picture={<Basket />}
            title={say(isUnread ? 'notifications.allRead' : 'notifications.none')}
          >
            {say(isUnread ? 'notifications.allReadText' : 'notifications.noneText')}
          </Empty>
        ) : (
          <>
            <ul className="rounded-card border border-line bg-surface">
              {items.map((item) => (
                <Row key={item.id} item={item} onRead={onRead} />
              ))}
            </ul>
            {isLast && next !== null && (
              <Button className="self-center" onClick={() => onMore(next)}>
                {say('notifications.more')}
              </Button>
            )}
          </>
        )
      }
    </Region>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const [params, setParams] = useSearchParams();
  const isUnread = params.get('ver') === 'nuevas';
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const reading = useReading();
  const first = useLoaded(['notifications', 'count'], (signal) =>
    browserApi().GET('/api/v1/notifications', {
      params: { query: { limit: 1 } },
      headers: { 'accept-language': language },
      signal,
    }),
  );
  const unread = first.data?.unread_count ?? 0;
  const choose = (wanted: boolean): void => {
    setCursors([undefined]);
    setParams(wanted ? { ver: 'nuevas' } : {}, { replace: true });
  };
  return (
    <AccountPage
      title={say('account.notifications')}
      action={
        unread > 0 && (
          <Button
            size={40}
            icon={CheckCheck}
            isBusy={reading.isBusy}
            onClick={() => reading.all(first.data?.items[0]?.id)}
          >
            {say('notifications.readAll')}
          </Button>
        )
      }
    >
      <div
        role="group"
        aria-label={say('notifications.show')}
        className="flex flex-wrap items-center gap-2"
      >
        {[false, true].map((wanted) => (
          <Button
            key={String(wanted)}
            size={36}
            kind={wanted === isUnread ? 'soft' : 'quiet'}
            aria-pressed={wanted === isUnread}
            onClick={() => choose(wanted)}
          >
            {wanted ? say('notifications.unread', { count: unread }) : say('notifications.all')}
          </Button>
        ))}
      </div>
      <FormFailure failure={reading.failure} />
      {cursors.map((cursor, i) => (
        <List
          key={cursor ?? ''}
          cursor={cursor}
          isUnread={isUnread}
          isLast={i === cursors.length - 1}
          onMore={(next) => setCursors([...cursors, next])}
          onRead={reading.one}
        />
      ))}
      <NotificationChoices />
    </AccountPage>
  );
};
