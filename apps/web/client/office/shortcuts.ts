import { useEffect, useRef } from 'react';

const offKey = 'plaza.shortcuts';

/** Keys of one letter can be turned off: who speaks to the computer types them without meaning to. */
export const areShortcutsOn = (): boolean => localStorage.getItem(offKey) !== 'off';
export const setShortcutsOn = (isOn: boolean): void =>
  isOn ? localStorage.removeItem(offKey) : localStorage.setItem(offKey, 'off');

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(?:checkbox|radio|button)$/.test(target.type));

/** Whether an event is a key of one letter that means what the page says, and nothing that is typed. */
export const isShortcut = (event: KeyboardEvent): boolean =>
  areShortcutsOn() &&
  !event.defaultPrevented &&
  !event.ctrlKey &&
  !event.metaKey &&
  !event.altKey &&
  !isTyping(event.target) &&
  document.querySelector('dialog[open]') === null;

/**
 * Does something for keys of one letter while a page is open. `event.key` is the key, in any layout.
 * What answers false had nothing to do: the key is for whoever else hears it.
 */
export const useShortcuts = (
  does: Readonly<Record<string, (event: KeyboardEvent) => unknown>>,
): void => {
  const latest = useRef(does);
  useEffect(() => {
    latest.current = does;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      const act = Object.hasOwn(latest.current, event.key) ? latest.current[event.key] : undefined;
      if (!act || !isShortcut(event)) return;
      if (act(event) !== false) event.preventDefault();
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, []);
};
