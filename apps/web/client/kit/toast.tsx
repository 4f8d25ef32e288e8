import { CircleCheck, X } from 'lucide-react';
import {
  createContext,
  use,
  useCallback,
  useMemo,
  useRef,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';
import { useText } from '../i18n/use-text.tsx';
import { Icon } from './icon.tsx';

type Toast = Readonly<{ id: number; text: string; action?: ReactNode }>;
type Show = (text: string, action?: ReactNode) => void;

const shownMs = 5_000;
const shownMax = 3;

const Context = createContext<Show>(() => {});

/** Says in passing that something was done. Never the only place where a failure is told. */
export const useToast = (): Show => use(Context);

export const ToastProvider = ({ children }: Readonly<{ children: ReactNode }>): ReactElement => {
  const say = useText();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const nextId = useRef(1);
  const timers = useRef(new Map<number, ReturnType<typeof setTimeout>>());

  const drop = useCallback((id: number) => {
    clearTimeout(timers.current.get(id));
    timers.current.delete(id);
    setToasts((now) => now.filter((toast) => toast.id !== id));
  }, []);
  const keepFor = useCallback(
    (id: number) =>
      timers.current.set(
        id,
        setTimeout(() => drop(id), shownMs),
      ),
    [drop],
  );
  const show = useCallback<Show>(
    (text, action) => {
      const id = nextId.current++;
      setToasts((now) =>
        [...now.filter((toast) => toast.text !== text), { id, text, action }].slice(-shownMax),
      );
      keepFor(id);
    },
    [keepFor],
  );
  const pauseAll = useCallback(() => timers.current.forEach((timer) => clearTimeout(timer)), []);
  const value = useMemo(() => show, [show]);
  return (
    <Context value={value}>
      {children}
      <div
        role="status"
        aria-live="polite"
        className="pointer-events-none fixed inset-x-4 bottom-24 z-50 flex flex-col items-center gap-2 md:bottom-6"
        onPointerEnter={pauseAll}
        onPointerLeave={() => toasts.forEach(({ id }) => keepFor(id))}
        onFocus={pauseAll}
      >
        {toasts.map(({ id, text, action }) => (
          <div
            key={id}
            className="enter pointer-events-auto flex min-h-12 max-w-md items-center gap-3 rounded-card bg-raised py-1 pr-1 pl-4 text-small shadow-floating"
          >
            <Icon of={CircleCheck} size={20} className="text-success" />
            <span className="py-2">{text}</span>
            {action}
            <button
              type="button"
              aria-label={say('kit.close')}
              className="inline-flex size-10 items-center justify-center rounded-control-small text-text-2 hover:bg-sunken"
              onClick={() => drop(id)}
            >
              <Icon of={X} />
            </button>
          </div>
        ))}
      </div>
    </Context>
  );
};
