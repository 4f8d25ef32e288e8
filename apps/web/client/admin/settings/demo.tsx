import { CircleCheck, Trash2 } from 'lucide-react';
import { useState, type FormEvent, type ReactElement, type ReactNode } from 'react';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { Moment, useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Empty, FormFailure, Notice } from '../../kit/feedback.tsx';
import { TextField } from '../../kit/field.tsx';
import { Icon } from '../../kit/icon.tsx';
import { bodyOf, useSending } from '../../kit/use-request.ts';
import { useProof } from '../../step-up/step-up.tsx';
import { AdminPage, Region, Section } from '../kit/page.tsx';
import { SettingsTabs, useExample } from './frame.tsx';

type Example = AnswerOf<'/api/v1/admin/demo', 'get'>;
type Cleared = AnswerOf<'/api/v1/admin/demo', 'delete'>;
type Counts = Cleared['removed'];

const parts = ['products', 'orders', 'people'] as const;
const detailOf = { products: 'goesProducts', orders: 'goesOrders', people: 'goesPeople' } as const;

const useCounted = (): ((of: Counts) => Readonly<Record<(typeof parts)[number], string>>) => {
  const say = useText();
  return (of) => ({
    products: say('demo.products', { n: of.products }),
    orders: say('demo.orders', { n: of.orders }),
    people: say('demo.people', { n: of.people }),
  });
};

const Lines = ({ children }: Readonly<{ children: ReactNode }>): ReactElement => (
  <ul className="flex list-disc flex-col gap-1 pl-5 text-small">{children}</ul>
);

/** What goes, with its figures: the same on the page and before the last word. */
const Going = ({ of }: Readonly<{ of: Example }>): ReactElement => {
  const say = useText();
  const counted = useCounted()(of);
  return (
    <Lines>
      {parts.map((part) => (
        <li key={part}>
          <span className="font-medium">{counted[part]}</span>{' '}
          <span className="text-text-2">{say(`demo.${detailOf[part]}`)}</span>
        </li>
      ))}
    </Lines>
  );
};

/** The last word before the whole example goes: it has to be typed. */
const Confirm = ({
  of,
  onDone,
}: Readonly<{ of: Example; onDone: (result: Cleared) => void }>): ReactElement => {
  const say = useText();
  const { dialog, withProof } = useProof();
  const [typed, setTyped] = useState('');
  const [isMistyped, setMistyped] = useState(false);
  // Nothing that the back office has read is sure to be there afterwards.
  const { isBusy, failure, send } = useSending([]);
  const word = say('demo.word');
  const isTyped = typed.trim().toLocaleLowerCase() === word;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setMistyped(!isTyped);
    if (!isTyped) return;
    await send(() =>
      withProof(async () =>
        onDone(await bodyOf(browserApi().DELETE('/api/v1/admin/demo', { body: {} }))),
      ),
    );
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <FormFailure failure={failure} />
      <Going of={of} />
      {of.products_changed > 0 && (
        <p className="text-small">{say('demo.changed', { n: of.products_changed })}</p>
      )}
      <p className="text-small font-medium">{say('demo.forGood')}</p>
      <TextField
        name="confirm"
        label={say('demo.confirm', { word })}
        autoComplete="off"
        autoCapitalize="none"
        value={typed}
        error={isMistyped && !isTyped ? say('demo.mistyped', { word }) : undefined}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Button type="submit" kind="danger" isBusy={isBusy} className="self-start">
        {say('demo.clear')}
      </Button>
      {isBusy && (
        <p role="status" className="text-small text-text-2">
          {say('demo.working')}
        </p>
      )}
      {dialog}
    </form>
  );
};

const Result = ({ of }: Readonly<{ of: Cleared }>): ReactElement => {
  const say = useText();
  return (
    <div role="status" className="flex max-w-2xl flex-col gap-4">
      <p className="flex items-center gap-2 text-h3">
        <Icon of={CircleCheck} size={20} className="text-success" />
        {say('demo.done')}
      </p>
      <p className="text-body">{say('demo.removed', useCounted()(of.removed))}</p>
      {of.kept.length > 0 && (
        <Section id="kept" title={say('demo.kept')}>
          <Lines>
            {of.kept.map(({ kind, reason, count }) => (
              <li key={`${kind} ${reason}`}>
                {say(`demo.kept.${kind}`, { n: count })},{' '}
                <span className="text-text-2">{say(`demo.reason.${reason}`)}</span>
              </li>
            ))}
          </Lines>
        </Section>
      )}
    </div>
  );
};

const There = ({
  of,
  onDone,
}: Readonly<{ of: Example; onDone: (result: Cleared) => void }>): ReactElement => {
  const say = useText();
  const [isAsked, setAsked] = useState(false);
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <p className="text-small text-text-2">{say('demo.text')}</p>
      <Section id="goes" title={say('demo.goes')}>
        <Going of={of} />
        {of.filled_at !== null && (
          <p className="text-caption text-text-3">
            {say('demo.filled')} <Moment at={of.filled_at} />
          </p>
        )}
      </Section>
      {of.products_changed > 0 && (
        <Notice tone="warning" title={say('demo.changed', { n: of.products_changed })} />
      )}
      <Section id="stays" title={say('demo.stays')}>
        <Lines>
          <li>{say('demo.staysOwn')}</li>
          <li>{say('demo.staysNeeded')}</li>
          <li>{say('demo.staysSettings')}</li>
        </Lines>
      </Section>
      <p className="text-small text-text-2">{say('demo.sealed')}</p>
      <Button
        size={40}
        kind="danger"
        icon={Trash2}
        className="self-start"
        onClick={() => setAsked(true)}
      >
        {say('demo.clear')}
      </Button>
      <Dialog isOpen={isAsked} onClose={() => setAsked(false)} title={say('demo.clear')}>
        {isAsked && <Confirm of={of} onDone={onDone} />}
      </Dialog>
    </div>
  );
};

/** Takes away what the shop was filled with, once, when it is opened for real. */
export const Component = (): ReactElement => {
  const say = useText();
  const example = useExample();
  const [result, setResult] = useState<Cleared>();
  return (
    <AdminPage title={say('demo.title')}>
      <SettingsTabs />
      {result ? (
        <Result of={result} />
      ) : (
        <Region of={example} lines={6}>
          {(found) =>
            found.is_there ? (
              <There of={found} onDone={setResult} />
            ) : (
              <Empty title={say('demo.none')}>{say('demo.noneText')}</Empty>
            )
          }
        </Region>
      )}
    </AdminPage>
  );
};
