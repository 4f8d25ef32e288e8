import { TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Failure } from '../api/problems.ts';
import { useText } from '../i18n/use-text.tsx';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import { useFigures } from './use-figures.ts';
import { useServiceName, type System, type SystemAlert } from './use-system.ts';

/** What an alert says, with its numbers and since when. */
export const useAlertWords = (): ((alert: SystemAlert) => string) => {
  const say = useText();
  const nameOf = useServiceName();
  const figures = useFigures();
  return ({ kind, name, value, threshold, since }) => {
    const isLatency = kind === 'latency';
    return say(`alert.${kind}`, {
      name: kind === 'memory' ? name : nameOf(name),
      value: isLatency ? figures.duration(value) : figures.percent(value),
      threshold: isLatency ? figures.duration(threshold) : figures.percent(threshold),
      since: figures.minute(since),
    });
  };
};

const order: readonly string[] = ['down', 'errors', 'latency', 'memory'];

/** What is not well, as one sentence; nothing when all is. */
export const Verdict = ({
  system,
  failure,
  onRetry,
}: Readonly<{
  system: System;
  failure: Failure | undefined;
  onRetry: () => void;
}>): ReactElement | null => {
  const say = useText();
  const wordsOf = useAlertWords();
  const figures = useFigures();
  const { services, alerts } = system;
  if (!failure && alerts.length === 0) return null;
  const sorted = alerts.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const sick = services.filter(({ status }) => status !== 'healthy').length;
  const [worst] = sorted;
  const isDown = failure !== undefined || worst?.kind === 'down';
  const title = failure
    ? say('verdict.stale')
    : sick > 0
      ? say('verdict.sick', { count: sick, all: services.length })
      : say('verdict.memory');
  const more = sorted.length - 1;
  const cause = failure
    ? say('verdict.staleText', { time: figures.minute(system.at) })
    : `${wordsOf(worst!)}${more > 0 ? ` ${say('verdict.more', { count: more })}` : ''}`;
  return (
    <div
      role="status"
      className={`flex flex-wrap items-center gap-x-4 gap-y-3 rounded-card border bg-surface px-4 py-3.5 ${isDown ? 'border-danger' : 'border-warning'}`}
    >
      <Icon of={TriangleAlert} size={20} className={isDown ? 'text-danger' : 'text-warning'} />
      <p className="min-w-0 flex-1 basis-60 text-body text-text-2">
        <strong className="font-semibold text-text-1">{title}</strong> {cause}
      </p>
      {failure ? (
        <Button size={36} onClick={onRetry}>
          {say('kit.retry')}
        </Button>
      ) : (
        worst &&
        worst.kind !== 'memory' && (
          <ButtonLink size={36} to={`/sistema/servicios/${worst.name}`}>
            {say('verdict.look')}
          </ButtonLink>
        )
      )}
    </div>
  );
};
