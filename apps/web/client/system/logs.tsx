import type { ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import { browserApi } from '../api/client.ts';
import { useText } from '../i18n/use-text.tsx';
import { Button } from '../kit/button.tsx';
import { useLoaded } from '../kit/use-request.ts';
import { Controls } from './controls.tsx';
import { selectClasses } from './service-choice.tsx';
import { MissingParts, Panel, Region, SystemPage } from './frame.tsx';
import { LogList } from './log-list.tsx';
import { useServiceName, useShared } from './use-system.ts';

const levels = ['debug', 'info', 'warn', 'error'] as const;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What processes have logged lately, by service, level and process. */
export const Component = (): ReactElement => {
  const say = useText();
  const nameOf = useServiceName();
  const { system, isPaused } = useShared();
  const [search, setSearch] = useSearchParams();
  const service = search.get('servicio') ?? '';
  const level = levels.find((one) => one === search.get('nivel')) ?? 'info';
  const process = search.get('proceso') ?? '';
  const isWrong = process !== '' && !uuid.test(process);
  const change = (name: string, value: string): void =>
    setSearch(
      (now) => {
        if (value === '') now.delete(name);
        else now.set(name, value);
        return now;
      },
      { replace: true },
    );
  const query = {
    level,
    limit: 200,
    ...(service === '' ? {} : { service }),
    ...(process === '' || isWrong ? {} : { correlation_id: process }),
  };
  const logs = useLoaded(
    ['logs', service, level, process],
    (signal) => browserApi().GET('/api/v1/admin/logs', { params: { query }, signal }),
    { everyMs: isPaused ? false : 5_000, isEnabled: !isWrong },
  );
  const field = 'flex flex-col gap-1 text-caption text-text-2';
  return (
    <SystemPage title={say('nav.logs')} action={<Controls />}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const typed = new FormData(event.currentTarget).get('proceso');
          change('proceso', typeof typed === 'string' ? typed.trim().toLowerCase() : '');
        }}
        className="flex flex-wrap items-end gap-3"
      >
        <label className={field}>
          {say('logs.service')}
          <select
            value={service}
            onChange={(event) => change('servicio', event.target.value)}
            className={selectClasses}
          >
            <option value="">{say('events.ofAll')}</option>
            {(system.data?.services ?? []).map(({ name }) => (
              <option key={name} value={name}>
                {nameOf(name)}
              </option>
            ))}
          </select>
        </label>
        <label className={field}>
          {say('logs.level')}
          <select
            value={level}
            onChange={(event) => change('nivel', event.target.value)}
            className={selectClasses}
          >
            {levels.map((one) => (
              <option key={one} value={one}>
                {say(`logs.level.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label className={`${field} min-w-0 flex-1 basis-64`}>
          {say('logs.process')}
          <input
            key={process}
            name="proceso"
            defaultValue={process}
            aria-invalid={isWrong}
            className={`${selectClasses} w-full font-mono`}
          />
        </label>
        <Button type="submit" size={40}>
          {say('logs.find')}
        </Button>
      </form>
      {isWrong && (
        <p role="alert" className="text-small text-danger">
          {say('logs.wrongProcess')}
        </p>
      )}
      {!isWrong && (
        <Region of={logs} height="h-80">
          {({ items, missing }) => (
            <>
              <MissingParts of={missing} />
              <Panel className="overflow-hidden">
                <LogList items={items} />
              </Panel>
            </>
          )}
        </Region>
      )}
    </SystemPage>
  );
};
