import type { ReactElement } from 'react';
import { Link, useSearchParams } from 'react-router';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { Moment, useText } from '../i18n/use-text.tsx';
import { Empty } from '../kit/feedback.tsx';
import { useLoaded } from '../kit/use-request.ts';
import { MissingParts, Panel, Region, SystemPage } from './frame.tsx';
import { useShared } from './use-system.ts';

type Mail = AnswerOf<'/api/v1/admin/mails', 'get'>['items'][number];

/** As it would have been read: its text, with addresses that can be followed. */
const Letter = ({ mail }: Readonly<{ mail: Mail }>): ReactElement => {
  const say = useText();
  return (
    <Panel className="flex flex-col gap-3 p-5">
      <h2 className="text-h3 break-words">{mail.subject}</h2>
      <p className="text-caption text-text-2">
        {say('mail.to', { to: mail.to })} · <Moment at={mail.sent_at} />
      </p>
      <div className="border-t border-line pt-4 text-body wrap-anywhere whitespace-pre-wrap">
        {mail.text.split(/(https?:\/\/\S+)/).map((piece, i) =>
          /^https?:\/\//.test(piece) ? (
            <a key={i} href={piece} className="text-primary underline">
              {piece}
            </a>
          ) : (
            piece
          ),
        )}
      </div>
    </Panel>
  );
};

/** The mails that would have been sent. */
export const Component = (): ReactElement => {
  const say = useText();
  const { isPaused } = useShared();
  const [search] = useSearchParams();
  const mails = useLoaded(
    ['mails'],
    (signal) =>
      browserApi().GET('/api/v1/admin/mails', { params: { query: { limit: 100 } }, signal }),
    { everyMs: isPaused ? false : 5_000 },
  );
  // With an SMTP server nothing is captured.
  if (mails.data?.is_captured === false)
    return (
      <SystemPage title={say('nav.mail')}>
        <Empty title={say('mail.real')}>{say('mail.realText')}</Empty>
      </SystemPage>
    );
  return (
    <SystemPage title={say('nav.mail')}>
      <p className="text-small text-text-2">{say('mail.intro')}</p>
      <Region of={mails} height="h-80">
        {({ items, missing }) => {
          const shown = items.find(({ id }) => id === search.get('mail')) ?? items[0];
          return (
            <>
              <MissingParts of={missing} />
              {shown === undefined ? (
                <Empty title={say('mail.none')}>{say('mail.noneText')}</Empty>
              ) : (
                <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[360px_minmax(0,1fr)]">
                  <Panel className="max-h-[70dvh] overflow-y-auto">
                    <ul aria-label={say('nav.mail')}>
                      {items.map((mail) => (
                        <li key={mail.id}>
                          <Link
                            to={`?mail=${encodeURIComponent(mail.id)}`}
                            preventScrollReset
                            replace
                            {...(mail.id === shown.id ? { 'aria-current': 'true' as const } : {})}
                            className={`flex flex-col gap-0.5 border-b border-line px-4 py-2.5 hover:bg-sunken ${mail.id === shown.id ? 'bg-sunken' : ''}`}
                          >
                            <span className="truncate text-small font-medium">{mail.subject}</span>
                            <span className="flex justify-between gap-3 text-caption text-text-2">
                              <span className="truncate">{mail.to}</span>
                              <span className="whitespace-nowrap">
                                <Moment at={mail.sent_at} />
                              </span>
                            </span>
                          </Link>
                        </li>
                      ))}
                    </ul>
                  </Panel>
                  <Letter mail={shown} />
                </div>
              )}
            </>
          );
        }}
      </Region>
    </SystemPage>
  );
};
