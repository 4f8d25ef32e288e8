import { useEffect, useState } from 'react';
import { wordFailure, wordFieldFailure } from '../api/problem-text.ts';
import { loadProblemTexts } from '../api/load-problem-texts.ts';
import type { Failure } from '../api/problems.ts';
import { useWholeText } from '../i18n/use-text.tsx';

/**
 * Words for failures come with the first failure: most visits never see one. On the server they are
 * there from the beginning.
 */
const useProblemTexts = (isNeeded: boolean): boolean => {
  const text = useWholeText();
  const [isThere, setThere] = useState(text.has('problem.http.internal'));
  useEffect(() => {
    if (!isNeeded || isThere) return;
    void loadProblemTexts(text.language).then((catalogue) => {
      text.add(catalogue);
      setThere(true);
    });
  }, [isNeeded, isThere, text]);
  return isThere;
};

/** What to say of a failure, in the language of the page. */
export const useFailureWords = (failure: Failure | undefined): string => {
  const text = useWholeText();
  const isThere = useProblemTexts(failure !== undefined);
  if (!failure) return '';
  return isThere ? wordFailure(text, failure) : text.say('kit.regionFailed');
};

/** What to say at each field of a form. */
export const useFieldWords = (
  failure: Failure | undefined,
): Readonly<Record<string, string | undefined>> => {
  const text = useWholeText();
  const isThere = useProblemTexts(failure !== undefined);
  if (!failure || !isThere) return {};
  return Object.fromEntries(
    Object.entries(failure.fields).map(([name, fault]) => [name, wordFieldFailure(text, fault)]),
  );
};
