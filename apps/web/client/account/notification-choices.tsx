import { useQueryClient } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import type { ReactElement } from 'react';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { useText } from '../i18n/use-text.tsx';
import { FormFailure } from '../kit/feedback.tsx';
import { Icon } from '../kit/icon.tsx';
import { bodyOf, useLoaded, useSending } from '../kit/use-request.ts';
import { Region } from './frame.tsx';

type Choices = AnswerOf<'/api/v1/notifications/preferences', 'get'>;
type Choice = Choices['items'][number];
type Channel = 'by_mail' | 'in_app';

const key = ['notification-preferences'];
const channels: readonly Channel[] = ['in_app', 'by_mail'];

const Box = ({
  choice,
  channel,
  onChange,
}: Readonly<{
  choice: Choice;
  channel: Channel;
  onChange: (choice: Choice) => void;
}>): ReactElement => {
  const say = useText();
  return (
    <label className="inline-flex size-11 cursor-pointer items-center justify-center">
      <span className="sr-only">
        {say(`notifications.cause.${choice.cause}`)}: {say(`notifications.${channel}`)}
      </span>
      <input
        type="checkbox"
        checked={choice[channel]}
        disabled={choice.is_fixed}
        onChange={({ target }) => onChange({ ...choice, [channel]: target.checked })}
        className="size-5 accent-primary-fill"
      />
    </label>
  );
};

/** What somebody is told, and where; a box counts at once, and goes back when it could not be kept. */
export const NotificationChoices = (): ReactElement => {
  const say = useText();
  const queries = useQueryClient();
  const loaded = useLoaded(key, (signal) =>
    browserApi().GET('/api/v1/notifications/preferences', { signal }),
  );
  const { failure, send } = useSending(key);
  const change = async (choice: Choice): Promise<void> => {
    const before = queries.getQueryData<Choices>(key);
    queries.setQueryData<Choices>(
      key,
      (now) =>
        now && { items: now.items.map((item) => (item.cause === choice.cause ? choice : item)) },
    );
    const { is_fixed: _, ...item } = choice;
    const isKept = await send(() =>
      bodyOf(browserApi().PUT('/api/v1/notifications/preferences', { body: { items: [item] } })),
    );
    if (!isKept) queries.setQueryData(key, before);
  };
  return (
    <section aria-labelledby="choices" className="flex flex-col gap-4 border-t border-line pt-6">
      <h2 id="choices" className="text-h2">
        {say('notifications.choices')}
      </h2>
      <p className="max-w-xl text-body text-text-2">{say('notifications.choicesText')}</p>
      <FormFailure failure={failure} />
      <Region of={loaded} lines={6}>
        {({ items }) => (
          <table className="w-full max-w-xl border-collapse text-small">
            <caption className="sr-only">{say('notifications.choices')}</caption>
            <thead className="text-caption text-text-3">
              <tr className="border-b border-line">
                <th scope="col" className="py-2 text-left font-medium">
                  {say('notifications.about')}
                </th>
                {channels.map((channel) => (
                  <th key={channel} scope="col" className="w-20 py-2 text-center font-medium">
                    {say(`notifications.${channel}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((choice) => (
                <tr key={choice.cause} className="border-b border-line last:border-0">
                  <th scope="row" className="py-1 pr-3 text-left font-normal">
                    {say(`notifications.cause.${choice.cause}`)}
                    {choice.is_fixed && (
                      <span className="flex items-center gap-1.5 text-caption text-text-3">
                        <Icon of={Lock} size={14} />
                        {say('notifications.fixed')}
                      </span>
                    )}
                  </th>
                  {channels.map((channel) => (
                    <td key={channel} className="py-1 text-center">
                      <Box choice={choice} channel={channel} onChange={(to) => void change(to)} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Region>
    </section>
  );
};
