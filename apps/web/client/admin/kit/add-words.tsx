import type { Messages } from '@lingui/core';
import { useEffect, useState, type ReactElement } from 'react';
import { Outlet } from 'react-router';
import { useWholeText } from '../../i18n/use-text.tsx';

type Catalogue = () => Promise<{ default: unknown }>;

/** Joins the words of a part to those that are there, and then shows its pages. */
export const AddWords = ({
  of,
}: Readonly<{ of: Readonly<{ es: Catalogue; en: Catalogue }> }>): ReactElement | null => {
  const text = useWholeText();
  const [isThere, setThere] = useState(false);
  useEffect(() => {
    void (text.language === 'en' ? of.en() : of.es()).then((catalogue) => {
      text.add(catalogue.default as Messages);
      setThere(true);
    });
  }, [of, text]);
  return isThere ? <Outlet /> : null;
};
