import type { ReactElement } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { Button } from '../kit/button.tsx';
import { Empty } from '../kit/feedback.tsx';
import { useServiceName, useShared } from './use-system.ts';

export const selectClasses =
  'h-10 rounded-control-small border border-control bg-surface px-3 text-small text-text-1 max-lg:h-11';

/** One of the contexts, or all of them. */
export const ServiceChoice = ({
  label,
  value,
  onChoose,
}: Readonly<{
  label: string;
  value: string;
  onChoose: (name: string) => void;
}>): ReactElement => {
  const say = useText();
  const nameOf = useServiceName();
  const { system } = useShared();
  const contexts = (system.data?.services ?? [])
    .map(({ name }) => name)
    .filter((name) => name !== 'gateway' && name !== 'web');
  return (
    <label className="flex flex-wrap items-center gap-2 text-small text-text-2">
      {label}
      <select
        value={value}
        onChange={({ target }) => onChoose(target.value)}
        className={selectClasses}
      >
        <option value="">{say('events.ofAll')}</option>
        {contexts.map((name) => (
          <option key={name} value={name}>
            {nameOf(name)}
          </option>
        ))}
      </select>
    </label>
  );
};

/** Nothing has happened, or nothing of the service that was chosen. */
export const NothingOf = ({
  service,
  onAll,
}: Readonly<{ service: string; onAll: () => void }>): ReactElement => {
  const say = useText();
  if (service === '') return <Empty title={say('events.none')}>{say('events.noneText')}</Empty>;
  return (
    <Empty
      title={say('events.noneOf')}
      action={
        <Button size={40} onClick={onAll}>
          {say('events.all')}
        </Button>
      }
    >
      {say('traces.noneOfText')}
    </Empty>
  );
};
