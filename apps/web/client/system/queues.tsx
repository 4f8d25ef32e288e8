import { useState, type ReactElement } from 'react';
import { Link } from 'react-router';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { Moment, useText } from '../i18n/use-text.tsx';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { Empty, FormFailure, Notice } from '../kit/feedback.tsx';
import { Table } from '../kit/layout.tsx';
import { useToast } from '../kit/toast.tsx';
import { bodyOf, useLoaded, useSending } from '../kit/use-request.ts';
import { brokerOf } from './broker.ts';
import { Controls } from './controls.tsx';
import { MissingParts, Panel, Region, SystemPage } from './frame.tsx';
import { useFigures } from './use-figures.ts';
import { useServiceName, useShared, type System } from './use-system.ts';

type Letter = AnswerOf<'/api/v1/admin/events/dead-letters', 'get'>['items'][number];
type Carried = Readonly<{ type?: string; correlation_id?: string }>;

const carriedBy = (letter: Letter): Carried => letter.message ?? {};

/** Asks before a message is given again: what it does is done for real. */
const Replay = ({
  letter,
  onClose,
}: Readonly<{ letter: Letter | undefined; onClose: () => void }>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const sending = useSending(['dead-letters'], ['system']);
  const [refusal, setRefusal] = useState<string>();
  const close = (): void => {
    sending.clear();
    setRefusal(undefined);
    onClose();
  };
  const replay = async ({ id }: Letter): Promise<void> => {
    setRefusal(undefined);
    let error: string | null = null;
    const isSent = await sending.send(async () => {
      const answer = await bodyOf(
        browserApi().POST('/api/v1/admin/events/dead-letters/{id}/replay', {
          params: { path: { id } },
          body: {},
        }),
      );
      ({ error } = answer);
    });
    if (!isSent) return;
    if (error === null) {
      toast(say('queues.replayed'));
      close();
    } else setRefusal(error);
  };
  return (
    <Dialog isOpen={letter !== undefined} onClose={close} title={say('queues.confirmTitle')}>
      {letter && (
        <div className="flex flex-col gap-4">
          <p className="text-small">
            {say('queues.confirmText', {
              type: carriedBy(letter).type ?? '',
              consumer: `${letter.context}.${letter.consumer}`,
            })}
          </p>
          <FormFailure failure={sending.failure} />
          {refusal !== undefined && (
            <Notice tone="danger" role="alert" title={say('queues.refused')}>
              <span className="font-mono text-caption break-words">{refusal}</span>
            </Notice>
          )}
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>{say('queues.cancel')}</Button>
            <Button kind="filled" isBusy={sending.isBusy} onClick={() => void replay(letter)}>
              {say('queues.confirm')}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
};

const Letters = (): ReactElement => {
  const say = useText();
  const { isPaused } = useShared();
  const [chosen, setChosen] = useState<Letter>();
  const letters = useLoaded(
    ['dead-letters'],
    (signal) =>
      browserApi().GET('/api/v1/admin/events/dead-letters', {
        params: { query: { limit: 100 } },
        signal,
      }),
    { everyMs: isPaused ? false : 5_000 },
  );
  return (
    <>
      <h2 className="text-h2">{say('queues.dead')}</h2>
      <Region of={letters}>
        {({ items, missing }) => (
          <>
            <MissingParts of={missing} />
            {items.length === 0 ? (
              <Empty title={say('queues.none')}>{say('queues.noneText')}</Empty>
            ) : (
              <Panel>
                <ul>
                  {items.map((letter) => {
                    const { type = '', correlation_id: process } = carriedBy(letter);
                    return (
                      <li
                        key={letter.id}
                        className="flex flex-wrap items-center gap-x-6 gap-y-3 border-b border-line px-4 py-3 last:border-0"
                      >
                        <div className="flex min-w-0 flex-1 basis-72 flex-col gap-0.5">
                          <span className="font-mono text-caption font-medium break-words">
                            {type}
                          </span>
                          <span className="text-caption text-text-2">
                            {say('queues.letter', {
                              consumer: `${letter.context}.${letter.consumer}`,
                              attempts: letter.attempts,
                            })}{' '}
                            · <Moment at={letter.died_at} />
                          </span>
                          <span className="font-mono text-caption break-words text-danger">
                            {letter.error}
                          </span>
                        </div>
                        <div className="flex flex-wrap gap-2">
                          {process !== undefined && (
                            <Link
                              to={`/sistema/eventos/${process}`}
                              className="inline-flex min-h-9 items-center px-2 text-small font-medium text-primary hover:underline max-lg:min-h-11"
                            >
                              {say('queues.chain')}
                            </Link>
                          )}
                          <Button size={36} onClick={() => setChosen(letter)}>
                            {say('queues.replay')}
                          </Button>
                        </div>
                      </li>
                    );
                  })}
                </ul>
              </Panel>
            )}
          </>
        )}
      </Region>
      <Replay letter={chosen} onClose={() => setChosen(undefined)} />
    </>
  );
};

const Waiting = ({ system }: Readonly<{ system: System }>): ReactElement => {
  const say = useText();
  const nameOf = useServiceName();
  const { number, seconds } = useFigures();
  const rows = system.services.filter(({ name }) => name !== 'gateway' && name !== 'web');
  return (
    <Panel>
      <Table
        caption={say('queues.waiting')}
        rows={rows}
        rowKey={({ name }) => name}
        columns={[
          { key: 'name', title: say('services.service'), cell: ({ name }) => nameOf(name) },
          {
            key: 'pending',
            title: say('flow.pending'),
            isNumber: true,
            cell: (service) => number(service.outbox_pending),
          },
          {
            key: 'oldest',
            title: say('queues.oldest'),
            isNumber: true,
            cell: (service) => seconds(service.outbox_age_seconds),
          },
          {
            key: 'dead',
            title: say('flow.dead'),
            isNumber: true,
            cell: (service) => number(service.dead_letters),
          },
        ]}
      />
    </Panel>
  );
};

/** What the broker holds for each consumer; where there is none, why. */
const BrokerQueues = ({ system }: Readonly<{ system: System }>): ReactElement => {
  const say = useText();
  const nameOf = useServiceName();
  const { number } = useFigures();
  const { state, queues } = brokerOf(system);
  return (
    <>
      <h2 className="text-h2">{say('broker.title')}</h2>
      {state === 'none' && <p className="text-small text-text-2">{say('broker.none')}</p>}
      {state === 'away' && <Notice tone="warning" title={say('broker.away')} />}
      {queues.length > 0 && (
        <Panel>
          <Table
            caption={say('broker.title')}
            rows={queues}
            rowKey={({ queue }) => queue}
            columns={[
              {
                key: 'queue',
                title: say('broker.queue'),
                cell: ({ consumer, context, ready }) =>
                  consumer === null ? (
                    <span className={ready > 0 ? 'font-medium text-danger' : 'text-text-2'}>
                      {say('broker.dead', { name: nameOf(context) })}
                    </span>
                  ) : (
                    <span className="font-mono text-caption">{consumer}</span>
                  ),
              },
              {
                key: 'context',
                title: say('services.service'),
                cell: ({ context }) => nameOf(context),
              },
              {
                key: 'ready',
                title: say('broker.ready'),
                isNumber: true,
                cell: ({ ready }) => number(ready),
              },
              {
                key: 'unacknowledged',
                title: say('broker.unacknowledged'),
                isNumber: true,
                cell: ({ unacknowledged }) => number(unacknowledged),
              },
              {
                key: 'consumers',
                title: say('broker.consumers'),
                isNumber: true,
                cell: ({ consumers }) => number(consumers),
              },
            ]}
          />
        </Panel>
      )}
    </>
  );
};

/** What waits to be sent, what the broker holds, and what no retry has saved. */
export const Component = (): ReactElement => {
  const say = useText();
  const { system } = useShared();
  return (
    <SystemPage title={say('nav.queues')} action={<Controls />}>
      <Region of={system}>
        {(data) => (
          <>
            <Waiting system={data} />
            <BrokerQueues system={data} />
          </>
        )}
      </Region>
      <Letters />
    </SystemPage>
  );
};
