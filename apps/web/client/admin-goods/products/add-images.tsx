import { Camera, FileWarning, ImageUp, RotateCcw, X } from 'lucide-react';
import { useEffect, useId, useRef, useState, type DragEvent, type ReactElement } from 'react';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { Button, IconButton } from '../../kit/button.tsx';
import { Icon } from '../../kit/icon.tsx';
import { useFailureWords } from '../../kit/use-failure.ts';
import type { Product } from './details-form.tsx';
import { types, useUploads, type Upload } from './use-uploads.ts';

const megabyte = 1024 * 1024;
const pick =
  'inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-control border border-control bg-surface px-4 font-semibold hover:bg-sunken peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-primary';

const bar =
  'h-2 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-primary-fill [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-primary-fill';

/** The file as it is here; what the browser cannot draw has an icon. */
const Preview = ({ file }: Readonly<{ file: File }>): ReactElement => {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  const [isBroken, setBroken] = useState(false);
  return (
    <span className="flex size-14 shrink-0 items-center justify-center overflow-hidden rounded-control-small bg-tile text-tint-ink-2">
      {url === undefined || isBroken ? (
        <Icon of={FileWarning} size={22} />
      ) : (
        <img
          src={url}
          alt=""
          width={56}
          height={56}
          className="size-full object-contain"
          onError={() => setBroken(true)}
        />
      )}
    </span>
  );
};

/** Where a file is on its way, or why it did not get there. */
const State = ({ upload }: Readonly<{ upload: Upload }>): ReactElement => {
  const say = useText();
  const { number } = useFormats();
  const { state, share, failure, fault, file } = upload;
  const words = useFailureWords(failure);
  if (state === 'sending')
    return (
      <label className="flex flex-col gap-1 text-caption text-text-2">
        {share < 1
          ? say('images.sending', { percent: Math.round(share * 100) })
          : say('images.preparing')}
        <progress
          value={share}
          max={1}
          aria-label={say('images.progressOf', { name: file.name })}
          className={bar}
        />
      </label>
    );
  if (state === 'waiting')
    return <p className="text-caption text-text-2">{say('images.waiting')}</p>;
  const size = number(Math.ceil((file.size / megabyte) * 10) / 10);
  const why =
    fault === 'tooLarge'
      ? say('images.tooLarge', { size })
      : fault === 'wrongType'
        ? say('images.wrongType')
        : words;
  return (
    <p role="alert" className="text-small text-danger">
      {why}
    </p>
  );
};

const UploadRow = ({
  upload,
  onRetry,
  onDrop,
}: Readonly<{ upload: Upload; onRetry: () => void; onDrop: () => void }>): ReactElement => {
  const say = useText();
  const { file, state } = upload;
  const { name } = file;
  const isOver = state === 'failed' || state === 'refused';
  return (
    <li className="flex items-start gap-3 border-b border-line p-3 last:border-0">
      <Preview file={file} />
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2 self-center">
        <div className="flex min-w-40 flex-1 flex-col gap-1">
          <p className="truncate text-small font-medium" title={name}>
            {name}
          </p>
          <State upload={upload} />
        </div>
        {state === 'failed' && (
          <Button
            size={36}
            icon={RotateCcw}
            aria-label={say('images.retryOf', { name })}
            onClick={onRetry}
          >
            {say('kit.retry')}
          </Button>
        )}
      </div>
      {isOver && (
        <IconButton
          icon={X}
          label={say('images.dismiss', { name })}
          className="-mt-1 -mr-1 shrink-0"
          onClick={onDrop}
        />
      )}
    </li>
  );
};

/** Text that is pasted while somebody writes is theirs, whatever picture comes with it. */
const isWriting = ({ target, clipboardData }: ClipboardEvent): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, [contenteditable]') !== null &&
  (clipboardData?.types.includes('text/plain') ?? false);

/** Pictures come by choosing, dropping, pasting, or by the camera of a phone. */
export const AddImages = ({ product }: Readonly<{ product: Product }>): ReactElement => {
  const say = useText();
  const id = useId();
  const [isOver, setOver] = useState(false);
  const { uploads, isBusy, add, retry, drop } = useUploads(product);
  const adding = useRef(add);
  adding.current = add;
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0 || isWriting(event)) return;
      event.preventDefault();
      adding.current(files);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, []);
  const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes('Files');
  const take = (input: HTMLInputElement): void => {
    add([...(input.files ?? [])]);
    // The same file may be chosen again.
    input.value = '';
  };
  const sending = uploads.findIndex(({ state }) => state === 'sending') + 1;
  return (
    <>
      {uploads.length > 0 && (
        <ul
          aria-label={say('images.uploads')}
          className="rounded-card border border-line bg-surface"
        >
          {uploads.map((upload) => (
            <UploadRow
              key={upload.key}
              upload={upload}
              onRetry={() => retry(upload)}
              onDrop={() => drop(upload.key)}
            />
          ))}
        </ul>
      )}
      <p role="status" className="sr-only">
        {isBusy &&
          sending > 0 &&
          say('images.uploading', { name: uploads[sending - 1]!.file.name })}
      </p>
      <div
        onDragOver={(event) => {
          if (!hasFiles(event)) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          setOver(false);
          if (!hasFiles(event)) return;
          event.preventDefault();
          add([...event.dataTransfer.files]);
        }}
        className={`flex flex-col items-start gap-2 rounded-card border border-dashed p-4 ${isOver ? 'border-primary bg-primary-soft' : 'border-control'}`}
      >
        <div className="flex flex-wrap gap-2">
          <span>
            <input
              id={id}
              type="file"
              accept={types.join(',')}
              multiple
              className="peer sr-only"
              onChange={({ target }) => take(target)}
            />
            <label htmlFor={id} className={pick}>
              <Icon of={ImageUp} size={20} />
              {say('images.add')}
            </label>
          </span>
          <span className="hidden pointer-coarse:inline">
            <input
              id={`${id}-camera`}
              type="file"
              accept="image/*"
              capture="environment"
              className="peer sr-only"
              onChange={({ target }) => take(target)}
            />
            <label htmlFor={`${id}-camera`} className={pick}>
              <Icon of={Camera} size={20} />
              {say('images.camera')}
            </label>
          </span>
        </div>
        <p className="text-caption text-text-2">
          {say('images.hint')}
          <span className="pointer-coarse:hidden"> {say('images.hintDesk')}</span>
        </p>
      </div>
    </>
  );
};
