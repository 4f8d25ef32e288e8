import { Plus } from 'lucide-react';
import {
  useEffect,
  useRef,
  useState,
  type FormEvent,
  type ReactElement,
  type ReactNode,
} from 'react';
import { NavLink, useLocation } from 'react-router';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import type { Failure } from '../../api/problems.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { FormFailure } from '../../kit/feedback.tsx';
import { useToast } from '../../kit/toast.tsx';
import { useLoaded, useSending, type Loaded } from '../../kit/use-request.ts';
import { DataTable, type TableColumn } from '../kit/data-table.tsx';
import { AdminPage } from '../kit/page.tsx';
import { useShortcuts } from '../../office/shortcuts.ts';
import { useTableQuery } from '../kit/table-query.ts';

const tabs = [
  ['/admin/ajustes/tienda', 'shop'],
  ['/admin/ajustes', 'taxes'],
  ['/admin/ajustes/comisiones', 'commission'],
  ['/admin/ajustes/envios', 'shipping'],
  ['/admin/ajustes/acceso', 'access'],
] as const;
const exampleTab = ['/admin/ajustes/ejemplo', 'demo'] as const;

/** What the example brought; nothing where the shop has none, or none that can be told apart. */
export const useExample = (): Loaded<AnswerOf<'/api/v1/admin/demo', 'get'>> =>
  useLoaded(['admin', 'example'], (signal) => browserApi().GET('/api/v1/admin/demo', { signal }));

/** The parts of the settings. */
export const SettingsTabs = (): ReactElement => {
  const say = useText();
  const example = useExample();
  const { pathname } = useLocation();
  const nav = useRef<HTMLElement>(null);
  // On a phone the tab of this page may stand beyond the edge.
  useEffect(() => {
    const here = nav.current?.querySelector('[aria-current]');
    here?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pathname]);
  // Whoever has just deleted it reads the result there.
  const hasExample = example.data?.is_there === true || pathname === exampleTab[0];
  return (
    <nav
      ref={nav}
      aria-label={say('nav.settings')}
      className="-mt-2 overflow-x-auto border-b border-line"
    >
      {/* What a key has reached is seen as a whole, not its edge only. */}
      <ul
        className="flex gap-1"
        onFocus={({ target }) => target.scrollIntoView({ block: 'nearest', inline: 'nearest' })}
      >
        {[...tabs, ...(hasExample ? [exampleTab] : [])].map(([to, key]) => (
          <li key={to}>
            <NavLink
              to={to}
              end
              className={({ isActive }) =>
                `inline-flex h-11 items-center border-b-2 px-3 text-small font-medium whitespace-nowrap focus-visible:-outline-offset-2 ${isActive ? 'border-primary text-text-1' : 'border-transparent text-text-2 hover:text-text-1'}`
              }
            >
              {say(`settings.${key}`)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
};

export type Editing<Row> = Readonly<{
  /** Undefined: a new one. */
  row: Row | undefined;
  isBusy: boolean;
  failure: Failure | undefined;
  /** Sends a change; closes when it is done. */
  save: (work: () => Promise<unknown>) => void;
}>;

type Props<Row> = Readonly<{
  name: 'taxes' | 'commission' | 'shipping';
  /** What is asked again after a change. */
  stale: string;
  of: Loaded<Readonly<{ items: readonly Row[]; next_cursor?: string | null }>>;
  columns: readonly TableColumn<Row>[];
  rowKey: (row: Row) => string;
  rowName: (row: Row) => string;
  form: (editing: Editing<Row>) => ReactNode;
  remove: (row: Row) => Promise<unknown>;
}>;

/** A list of rules that is read, added to, changed and taken from in the same way for each kind. */
export const RulesPage = <Row,>({
  name,
  stale,
  of,
  columns,
  rowKey,
  rowName,
  form,
  remove,
}: Props<Row>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const query = useTableQuery([]);
  const [open, setOpen] = useState<Readonly<{ row: Row | undefined }>>();
  const { isBusy, failure, send, clear } = useSending(['admin', stale]);
  const close = (): void => {
    setOpen(undefined);
    clear();
  };
  const save = (work: () => Promise<unknown>): void =>
    void send(work).then((isDone) => {
      if (!isDone) return;
      toast(say('settings.saved'));
      close();
    });
  useShortcuts({ n: () => setOpen({ row: undefined }) });
  const row = open?.row;
  return (
    <AdminPage
      title={say(`settings.${name}`)}
      action={
        <Button size={40} kind="filled" icon={Plus} onClick={() => setOpen({ row: undefined })}>
          {say(`settings.${name}.add`)}
        </Button>
      }
    >
      <SettingsTabs />
      <p className="max-w-2xl text-small text-text-2">{say(`settings.${name}.text`)}</p>
      <DataTable
        id={`settings-${name}`}
        caption={say(`settings.${name}`)}
        columns={columns}
        of={of}
        query={query}
        rowKey={rowKey}
        rowName={rowName}
        opening={{ open: (chosen) => setOpen({ row: chosen }) }}
        empty={{ title: say(`settings.${name}.none`), text: say(`settings.${name}.noneText`) }}
      />
      <Dialog
        isOpen={open !== undefined}
        onClose={close}
        title={row === undefined ? say(`settings.${name}.add`) : rowName(row)}
        side="end"
      >
        {open && (
          <div className="flex flex-col gap-6">
            {form({ row, isBusy, failure, save })}
            {row !== undefined && (
              <Remove name={rowName(row)} onGo={() => save(() => remove(row))} />
            )}
          </div>
        )}
      </Dialog>
    </AdminPage>
  );
};

/** Says what it does before it does it. */
const Remove = ({ name, onGo }: Readonly<{ name: string; onGo: () => void }>): ReactElement => {
  const say = useText();
  const [isAsked, setAsked] = useState(false);
  if (!isAsked)
    return (
      <Button size={40} kind="quiet" className="self-start" onClick={() => setAsked(true)}>
        {say('settings.delete')}
      </Button>
    );
  return (
    <div role="alert" className="flex flex-col items-start gap-3 border-t border-line pt-4">
      <p className="text-small">{say('settings.sure')}</p>
      <Button size={40} kind="danger" onClick={onGo}>
        {say('settings.remove', { name })}
      </Button>
    </div>
  );
};

/** The frame of each form of a rule. */
export const RuleForm = ({
  failure,
  isBusy,
  onSave,
  children,
}: Readonly<{
  failure: Failure | undefined;
  isBusy: boolean;
  onSave: () => void;
  children: ReactNode;
}>): ReactElement => {
  const say = useText();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSave();
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <FormFailure failure={failure} />
      {children}
      <Button size={40} type="submit" kind="filled" isBusy={isBusy} className="self-start">
        {say('table.save')}
      </Button>
    </form>
  );
};

/** `19`, `19,5` or `19.5` per cent in hundredths of a per cent; what is no number is refused by the API. */
export const basisPointsOf = (typed: string): number =>
  Math.round(Number(typed.trim().replace(',', '.')) * 100);

export const percentOf = (basisPoints: number): string => String(basisPoints / 100);
