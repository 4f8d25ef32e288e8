import { Heart as HeartShape, X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore, type ReactElement } from 'react';
import { useNavigate } from 'react-router';
import { useSetting, useText, useWholeText } from '../i18n/use-text.tsx';
import { Icon } from '../kit/icon.tsx';
import { useToast } from '../kit/toast.tsx';
import { useFailureWords } from '../kit/use-failure.ts';
import { askFor, change, forgetFailure, keptOf, listen, remember, takeRemembered } from './kept.ts';

/** The words of the heart come with it: no first page has to load them. */
const useWords = (): boolean => {
  const text = useWholeText();
  const [isThere, setThere] = useState(text.has('favourites.keep'));
  useEffect(() => {
    if (isThere) return;
    const words =
      text.language === 'en' ? import('./messages/en.json') : import('./messages/es.json');
    void words.then(
      ({ default: catalogue }) => {
        text.add(catalogue);
        setThere(true);
      },
      () => {},
    );
  }, [isThere, text]);
  return isThere;
};

const Refused = ({ id }: Readonly<{ id: string }>): ReactElement | null => {
  const say = useText();
  const { isKept, failure } = keptOf(id);
  const words = useFailureWords(failure);
  if (!failure) return null;
  return (
    <p
      role="alert"
      className="flex max-w-64 items-start gap-1 rounded-card bg-raised py-1.5 pl-3 text-left text-small text-text-1 shadow-floating"
    >
      <span className="py-1.5">
        <strong className="font-semibold text-danger">
          {say(isKept ? 'favourites.notDropped' : 'favourites.notKept')}
        </strong>{' '}
        {words}
      </span>
      <button
        type="button"
        aria-label={say('kit.close')}
        onClick={() => forgetFailure(id)}
        className="inline-flex size-11 shrink-0 items-center justify-center rounded-control-small text-text-2 hover:bg-sunken"
      >
        <Icon of={X} />
      </button>
    </p>
  );
};

/** Keeps a product for later, over its picture. Whoever is not signed in does so first, and comes back. */
export const Heart = ({
  id,
  title,
}: Readonly<{
  id: string;
  /** Where several stand side by side: of which product this one is. */
  title?: string;
}>): ReactElement | null => {
  const say = useText();
  const toast = useToast();
  const navigate = useNavigate();
  const { viewer } = useSetting();
  const { isKept } = useSyncExternalStore(listen, () => keptOf(id));
  const isWorded = useWords();

  const signIn = (): void => {
    remember(id);
    void navigate(`/entrar?volver=${encodeURIComponent(location.pathname + location.search)}`);
  };
  const put = async (isWanted: boolean): Promise<void> => {
    const failure = await change(id, isWanted);
    if (failure?.status === 401) return signIn();
    if (failure || !isWanted) return undefined;
    return toast(
      say('favourites.kept'),
      <a
        href="/cuenta/favoritos"
        className="inline-flex min-h-9 items-center px-1 font-semibold text-primary underline"
      >
        {say('favourites.see')}
      </a>,
    );
  };
  useEffect(() => {
    if (!viewer || !isWorded) return;
    askFor(id);
    if (takeRemembered(id)) void put(true);
    // Once for each product, whatever else changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id, viewer, isWorded]);

  if (!isWorded) return null;
  const name = say(isKept ? 'favourites.drop' : 'favourites.keep');
  return (
    <div className="pointer-events-none absolute inset-x-3 top-3 z-10 flex flex-col items-end gap-2 *:pointer-events-auto">
      <button
        type="button"
        aria-pressed={isKept}
        aria-label={title === undefined ? name : say('favourites.of', { name, title })}
        title={name}
        onClick={() => (viewer ? void put(!isKept) : signIn())}
        className="inline-flex size-11 items-center justify-center rounded-full bg-surface text-text-1 shadow-floating hover:bg-sunken"
      >
        <Icon of={HeartShape} size={20} className={isKept ? 'fill-current text-danger' : ''} />
      </button>
      <Refused id={id} />
    </div>
  );
};
