import { useEffect, useRef, useSyncExternalStore } from 'react';
import { browserApi } from '../api/client.ts';
import { LiveConnection, type LiveEvent, type LiveState } from './live-connection.ts';
import { bodyOf } from './use-request.ts';

export type { LiveEvent, LiveState };

let connection: LiveConnection | undefined;

/** The one connection of this tab, made when somebody listens first. */
const connectionOfTab = (): LiveConnection => {
  if (connection) return connection;
  const made = new LiveConnection({
    ticket: async () => {
      const answer = await browserApi().POST('/api/v1/ws/ticket', { body: {} });
      if (answer.response.status === 401) return undefined;
      return (await bodyOf(Promise.resolve(answer))).ticket;
    },
    open: (protocols) =>
      new WebSocket(`${location.origin.replace(/^http/, 'ws')}/ws`, [...protocols]),
  });
  connection = made;
  const hurry = (): void => {
    if (document.visibilityState === 'visible') made.hurry();
  };
  window.addEventListener('online', hurry);
  document.addEventListener('visibilitychange', hurry);
  return made;
};

/**
 * Listens to a topic of the socket while the component is there; undefined: to none. `onGap` is called
 * when something may have been missed: then what is shown is to be read anew.
 */
export const useLive = (
  topic: string | undefined,
  onEvent: (event: LiveEvent) => void,
  onGap: () => void = () => {},
): void => {
  const handlers = useRef({ onEvent, onGap });
  useEffect(() => {
    handlers.current = { onEvent, onGap };
  });
  useEffect(() => {
    if (topic === undefined) return;
    return connectionOfTab().listen(topic, {
      onEvent: (event) => handlers.current.onEvent(event),
      onGap: () => handlers.current.onGap(),
    });
  }, [topic]);
};

/** Whether what is shown moves by itself: `polling` says that it does so every fifteen seconds. */
export const useLiveState = (): LiveState =>
  useSyncExternalStore(
    (watcher) => connectionOfTab().watch(watcher),
    () => connectionOfTab().state,
    () => 'connecting',
  );
