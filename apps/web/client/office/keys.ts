import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { isShortcut } from './shortcuts.ts';

/** Where a letter leads after `g`. */
export type Chord = Readonly<{
  key: string;
  to: string;
  /** Another application, whose page is loaded. */
  isDocument?: boolean;
}>;

const chordMs = 1_200;
/** Time begins with the page: a key within its first second follows no other. */
const never = Number.NEGATIVE_INFINITY;

/** `Ctrl+Enter` and `Ctrl+S`, wherever somebody types. */
const isSaving = (event: KeyboardEvent): boolean =>
  (event.ctrlKey || event.metaKey) &&
  !event.altKey &&
  !event.shiftKey &&
  (event.key === 'Enter' || event.key.toLowerCase() === 's');

/** Keys that work on every page: `Ctrl+K`, `Ctrl+Enter`, `/`, `?`, and `g` before the letter of a place. */
export const useFrameKeys = (
  chords: readonly Chord[],
  openPalette: () => void,
  openHelp: () => void,
): void => {
  const navigate = useNavigate();
  const startedAt = useRef(never);
  const latest = useRef(chords);
  useEffect(() => {
    latest.current = chords;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      const key = event.key.toLowerCase();
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key === 'k') {
        event.preventDefault();
        openPalette();
        return;
      }
      if (isSaving(event)) {
        const form =
          document.activeElement?.closest('form') ??
          document.querySelector<HTMLFormElement>('body:not(:has(dialog[open])) [data-page-form]');
        if (!form) return;
        event.preventDefault();
        form.requestSubmit();
        return;
      }
      if (!isShortcut(event)) return;
      const isChord = event.timeStamp - startedAt.current < chordMs;
      startedAt.current = never;
      const place = isChord ? latest.current.find((chord) => chord.key === key) : undefined;
      const search = document.querySelector<HTMLElement>('[data-page-search]');
      if (place?.isDocument) location.assign(place.to);
      else if (place) void navigate(place.to);
      else if (key === 'g') startedAt.current = event.timeStamp;
      else if (event.key === '?') openHelp();
      else if (event.key === '/' && search) search.focus();
      else if (event.key === '/') openPalette();
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    document.addEventListener('keydown', hear, true);
    return () => document.removeEventListener('keydown', hear, true);
  }, [navigate, openPalette, openHelp]);
};
