import { ArrowDown, ArrowUp, ImageUp, Trash2 } from 'lucide-react';
import { useId, useRef, useState, type DragEvent, type ReactElement } from 'react';
import { browserApi } from '../../api/client.ts';
import { Section } from '../../admin/kit/page.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { Button, IconButton } from '../../kit/button.tsx';
import { FormFailure } from '../../kit/feedback.tsx';
import { TextField } from '../../kit/field.tsx';
import { Icon } from '../../kit/icon.tsx';
import { ProductImage } from '../../kit/image.tsx';
import { useToast } from '../../kit/toast.tsx';
import { bodyOf, useSending } from '../../kit/use-request.ts';
import { Confirm } from '../parts/confirm.tsx';
import type { Product } from './details-form.tsx';

type Picture = Product['images'][number];

const bytesMax = 10 * 1024 * 1024;
const itemUrl = '/api/v1/products/{id}/images/{image_id}';

/** One picture: its words, its place, and the way out. */
const PictureRow = ({
  product,
  picture,
  place,
}: Readonly<{ product: Product; picture: Picture; place: number }>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const [alt, setAlt] = useState(picture.alt);
  const [isLeaving, setLeaving] = useState(false);
  const { isBusy, failure, send, clear } = useSending(['products']);
  const params = { path: { id: product.id, image_id: picture.id } };
  const change = async (body: { alt?: string; position?: number }): Promise<void> => {
    const isDone = await send(() => bodyOf(browserApi().PUT(itemUrl, { params, body })));
    if (isDone) toast(say('product.saved'));
  };
  const remove = async (): Promise<void> => {
    if (await send(() => bodyOf(browserApi().DELETE(itemUrl, { params }))))
      toast(say('images.removed'));
  };
  return (
    <li className="flex flex-col gap-3 border-b border-line p-3 last:border-0 sm:flex-row sm:items-start">
      <ProductImage
        url={picture.url}
        alt={picture.alt}
        sizes="72px"
        className="size-18 shrink-0 rounded-control-small"
      />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <TextField
          name={`alt.${picture.id}`}
          label={say('images.altOf', { number: place })}
          hint={say('images.altHint')}
          value={alt}
          maxLength={1_000}
          onChange={({ target }) => setAlt(target.value)}
          isOptional
        />
        <FormFailure failure={failure} />
        {alt !== picture.alt && (
          <Button
            size={36}
            kind="filled"
            isBusy={isBusy}
            className="self-start"
            onClick={() => void change({ alt })}
          >
            {say('goods.save')}
          </Button>
        )}
      </div>
      <div className="flex">
        <IconButton
          icon={ArrowUp}
          label={say('images.up', { number: place })}
          aria-disabled={place === 1}
          onClick={() => place > 1 && void change({ position: place - 1 })}
        />
        <IconButton
          icon={ArrowDown}
          label={say('images.down', { number: place })}
          aria-disabled={place === product.images.length}
          onClick={() => place < product.images.length && void change({ position: place + 1 })}
        />
        <IconButton
          icon={Trash2}
          label={say('images.removeOf', { number: place })}
          onClick={() => {
            clear();
            setLeaving(true);
          }}
        />
      </div>
      <Confirm
        isOpen={isLeaving}
        title={say('images.remove')}
        text={say('images.removeText')}
        action={say('images.remove')}
        isBusy={isBusy}
        failure={failure}
        onConfirm={() => void remove()}
        onClose={() => setLeaving(false)}
      />
    </li>
  );
};

/** Uploads files one after the other, so that they stand in the order they were chosen in. */
const useUploading = (product: Product) => {
  const say = useText();
  const toast = useToast();
  const { isBusy, failure, send } = useSending(['products']);
  const [at, setAt] = useState<Readonly<{ done: number; of: number }>>();
  const [tooLarge, setTooLarge] = useState<readonly string[]>([]);
  const upload = async (files: readonly File[]): Promise<void> => {
    const fitting = files.filter(({ size }) => size <= bytesMax);
    setTooLarge(files.filter(({ size }) => size > bytesMax).map(({ name }) => name));
    if (fitting.length === 0) return;
    const isDone = await send(async () => {
      for (const [i, file] of fitting.entries()) {
        setAt({ done: i, of: fitting.length });
        const form = new FormData();
        form.append('alt', product.title);
        form.append('file', file, file.name);
        const params = { path: { id: product.id } };
        const asking = browserApi().POST('/api/v1/products/{id}/images', {
          params,
          body: form as never,
          bodySerializer: (body: unknown) => body as FormData,
        });
        await bodyOf(asking as never);
      }
    });
    setAt(undefined);
    if (isDone) toast(say('images.added', { count: fitting.length }));
  };
  return { isBusy, failure, at, tooLarge, upload };
};

/** Pictures of a product: the first is its face. */
export const Images = ({ product }: Readonly<{ product: Product }>): ReactElement => {
  const say = useText();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const { isBusy, failure, at, tooLarge, upload } = useUploading(product);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    void upload([...event.dataTransfer.files]);
  };
  return (
    <Section id="images" title={say('images.title')}>
      <FormFailure failure={failure} />
      {tooLarge.length > 0 && (
        <p role="alert" className="text-small text-danger">
          {say('images.tooLarge', { names: tooLarge.join(', ') })}
        </p>
      )}
      {product.images.length > 0 && (
        <ol className="rounded-card border border-line bg-surface">
          {product.images.map((picture, i) => (
            <PictureRow
              key={`${picture.id} ${picture.alt}`}
              product={product}
              picture={picture}
              place={i + 1}
            />
          ))}
        </ol>
      )}
      <div
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
        className="flex flex-col items-start gap-2 rounded-card border border-dashed border-control p-4"
      >
        <input
          ref={input}
          id={id}
          type="file"
          accept="image/jpeg,image/png,image/webp,image/avif,image/gif"
          multiple
          className="peer sr-only"
          onChange={({ target }) => {
            void upload([...(target.files ?? [])]).then(() => {
              if (input.current) input.current.value = '';
            });
          }}
        />
        <label
          htmlFor={id}
          className="inline-flex h-11 cursor-pointer items-center gap-2 rounded-control border border-control bg-surface px-4 font-semibold peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-primary hover:bg-sunken"
        >
          <Icon of={ImageUp} size={20} />
          {say('images.add')}
        </label>
        <p className="text-caption text-text-2">{say('images.hint')}</p>
        {isBusy && at && (
          <p role="status" className="text-small">
            {say('images.uploading', { done: at.done + 1, of: at.of })}
          </p>
        )}
      </div>
    </Section>
  );
};
