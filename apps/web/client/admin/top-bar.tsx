import { Keyboard, Languages, Menu, Search } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { IconButton } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { Icon } from '../kit/icon.tsx';
import { Mark } from '../kit/layout.tsx';
import { keepPreference, ThemeChoice } from '../kit/theme-choice.tsx';
import { Places, Who } from './sidebar.tsx';

/** The other language, named in itself; the page comes again in it. */
const LanguageChoice = (): ReactElement => {
  const { language } = useSetting();
  const other = language === 'es' ? 'en' : 'es';
  return (
    <button
      type="button"
      lang={other}
      onClick={() => {
        keepPreference('plaza_language', other);
        location.reload();
      }}
      className="inline-flex h-9 items-center gap-2 rounded-control-small px-3 text-caption text-text-2 hover:bg-sunken"
    >
      <Icon of={Languages} size={16} />
      {other === 'es' ? 'Español' : 'English'}
    </button>
  );
};

/** On phones: places, search and settings of this browser; elsewhere the settings alone. */
export const TopBar = ({
  onPalette,
  onHelp,
}: Readonly<{ onPalette: () => void; onHelp: () => void }>): ReactElement => {
  const say = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <header className="flex h-14 items-center justify-between gap-2 border-b border-line bg-surface px-3 md:h-12 md:justify-end md:px-7 print:hidden">
        <span className="flex items-center gap-2 md:hidden">
          <IconButton icon={Menu} label={say('admin.menu')} onClick={() => setOpen(true)} />
          <Mark />
          <span className="text-h3 font-bold">Plaza</span>
        </span>
        <span className="flex items-center md:hidden">
          <IconButton icon={Search} label={say('palette.open')} onClick={onPalette} />
        </span>
        <span className="hidden items-center gap-1 md:flex">
          <button
            type="button"
            onClick={onHelp}
            className="inline-flex h-9 items-center gap-2 rounded-control-small px-3 text-caption text-text-2 hover:bg-sunken"
          >
            <Icon of={Keyboard} size={16} />
            {say('keys.title')}
          </button>
          <LanguageChoice />
          <ThemeChoice />
        </span>
      </header>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={say('admin.title')}
        side="start"
      >
        {isOpen && (
          <div className="flex flex-col gap-6">
            <Places onGo={() => setOpen(false)} />
            <div className="flex flex-col gap-1 border-t border-line pt-4">
              <LanguageChoice />
              <ThemeChoice />
            </div>
            <Who />
          </div>
        )}
      </Dialog>
    </>
  );
};
