import type { ReactElement } from 'react';
import { Link } from 'react-router';
import type { AnswerOf } from '../api/client.ts';
import { useText } from '../i18n/use-text.tsx';
import { useFigures } from './use-figures.ts';

type Item = AnswerOf<'/api/v1/admin/logs', 'get'>['items'][number];

const tones: Readonly<Record<string, string>> = {
  debug: 'text-text-3',
  info: 'text-text-2',
  warn: 'text-warning',
  error: 'text-danger',
  fatal: 'text-danger',
};

/** Records of a request say it in one line; others what they were written with. */
const summaryOf = ({ message, fields }: Item): string => {
  const { method, route, status, ms } = fields;
  return method !== undefined && status !== undefined
    ? `${JSON.stringify(method).slice(1, -1)} ${route === undefined ? '' : JSON.stringify(route).slice(1, -1)} → ${JSON.stringify(status)} · ${JSON.stringify(ms ?? null)} ms`
    : message;
};

/** Records of the log, the newest first; each opens to all that it holds. */
export const LogList = ({ items }: Readonly<{ items: readonly Item[] }>): ReactElement => {
  const say = useText();
  const { instant } = useFigures();
  if (items.length === 0) return <p className="p-4 text-small text-text-2">{say('logs.none')}</p>;
  return (
    <ul>
      {items.map((item, i) => (
        <li key={`${item.time} ${i}`} className="border-b border-line last:border-0">
          <details>
            <summary className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-2 font-mono text-caption hover:bg-sunken">
              <time dateTime={item.time} className="tabular text-text-3">
                {instant(item.time)}
              </time>
              <span className={`w-12 font-medium ${tones[item.level] ?? ''}`}>{item.level}</span>
              <span className="text-text-2 md:w-28">{item.service}</span>
              <span className="min-w-0 flex-1 basis-60 break-words">{summaryOf(item)}</span>
            </summary>
            <div className="flex flex-col gap-2 px-4 pb-4">
              <pre
                tabIndex={0}
                aria-label={say('logs.fields')}
                className="overflow-x-auto rounded-control-small bg-sunken p-3 font-mono text-caption"
              >
                {JSON.stringify(item.fields, null, 2)}
              </pre>
              {item.correlation_id !== null && (
                <Link
                  to={`/sistema/trazas/${item.correlation_id}`}
                  className="inline-flex min-h-6 items-center self-start text-caption font-medium text-primary hover:underline"
                >
                  {say('logs.chain')}
                </Link>
              )}
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
};
