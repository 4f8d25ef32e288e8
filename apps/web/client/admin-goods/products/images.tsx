import { ArrowDown, ArrowUp, GripVertical, Trash2 } from 'lucide-react';
import { useEffect, useState, type DragEvent, type ReactElement } from 'react';
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
import { AddImages } from './add-images.tsx';
import type { Product } from './details-form.tsx';
import { useOrder } from './use-order.ts';

type Picture = Product['images'][number];
type OfPicture = Readonly<{ product: Product; picture: Picture; place: number }>;

const itemUrl = '/api/v1/products/{id}/images/{image_id}';
/** What is dragged here is a picture of this list, and no file. */
const dragType = 'application/x-plaza-picture';

const useChanging = ({ product, picture }: Omit<OfPicture, 'place'>) => {
  const sending = useSending(['products']);
  const params = { path: { id: product.id, image_id: picture.id } };
  return {
    ...sending,
    setAlt: (alt: string) =>
      sending.send(() => bodyOf(browserApi().PUT(itemUrl, { params, body: { alt } }))),
    remove: () => sending.send(() => bodyOf(browserApi().DELETE(itemUrl, { params }))),
  };
};

const AltField = ({ product, picture, place }: OfPicture): ReactElement => {
  const say = useText();
  const toast = useToast();
  const [alt, setAlt] = useState(picture.alt);
  useEffect(() => setAlt(picture.alt), [picture.alt]);
  const { isBusy, failure, setAlt: save } = useChanging({ product, picture });
  return (
    <>
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
          onClick={() => void save(alt).then((isDone) => isDone && toast(say('product.saved')))}
        >
          {say('goods.save')}
        </Button>
      )}
    </>
  );
};

const RemoveButton = ({ product, picture, place }: OfPicture): ReactElement => {
  const say = useText();
  const toast = useToast();
  const [isLeaving, setLeaving] = useState(false);
  const { isBusy, failure, remove, clear } = useChanging({ product, picture });
  return (
    <>
      <IconButton
        icon={Trash2}
        label={say('images.removeOf', { number: place })}
        onClick={() => {
          clear();
          setLeaving(true);
        }}
      />
      <Confirm
        isOpen={isLeaving}
        title={say('images.remove')}
        text={say('images.removeText')}
        action={say('images.remove')}
        isBusy={isBusy}
        failure={failure}
        onConfirm={() => void remove().then((isDone) => isDone && toast(say('images.removed')))}
        onClose={() => setLeaving(false)}
      />
    </>
  );
};

/** One picture: its words, its place, and the way out. */
const PictureRow = ({
  product,
  picture,
  place,
  onMove,
  onMoveHere,
}: OfPicture &
  Readonly<{
    onMove: (place: number) => void;
    /** Another picture was dropped on this one. */
    onMoveHere: (id: string) => void;
  }>): ReactElement => {
  const say = useText();
  // Only while its handle is held: text that can be dragged cannot be selected.
  const [isHeld, setHeld] = useState(false);
  const [isOver, setOver] = useState(false);
  const isLast = place === product.images.length;
  const isPicture = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes(dragType);
  return (
    <li
      draggable={isHeld}
      onDragStart={({ dataTransfer }) => {
        dataTransfer.setData(dragType, picture.id);
        dataTransfer.effectAllowed = 'move';
      }}
      onDragEnd={() => setHeld(false)}
      onDragOver={(event) => {
        if (!isPicture(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        if (!isPicture(event)) return;
        event.preventDefault();
        onMoveHere(event.dataTransfer.getData(dragType));
      }}
      className={`flex flex-wrap items-start justify-between gap-3 border-b border-line p-3 last:border-0 sm:flex-nowrap ${isOver ? 'bg-primary-soft' : ''}`}
    >
      <span
        title={say('images.drag')}
        onPointerDown={() => setHeld(true)}
        onPointerUp={() => setHeld(false)}
        className="flex shrink-0 cursor-grab items-center gap-1"
      >
        <Icon of={GripVertical} size={20} className="text-text-3 pointer-coarse:hidden" />
        <ProductImage
          url={picture.url}
          alt={picture.alt}
          sizes="72px"
          className="pointer-events-none size-18 rounded-control-small"
        />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-2 max-sm:order-last max-sm:min-w-full">
        <AltField product={product} picture={picture} place={place} />
      </div>
      <div className="flex">
        <IconButton
          icon={ArrowUp}
          label={say('images.up', { number: place })}
          aria-disabled={place === 1}
          onClick={() => place > 1 && onMove(place - 1)}
        />
        <IconButton
          icon={ArrowDown}
          label={say('images.down', { number: place })}
          aria-disabled={isLast}
          onClick={() => !isLast && onMove(place + 1)}
        />
        <RemoveButton product={product} picture={picture} place={place} />
      </div>
    </li>
  );
};

/** Pictures of a product: the first is its face. */
export const Images = ({ product }: Readonly<{ product: Product }>): ReactElement => {
  const say = useText();
  const { images, failure, move } = useOrder(product);
  const [moved, setMoved] = useState<number>();
  const moveTo = (id: string, place: number): void => {
    if (images[place - 1]?.id === id) return;
    move(id, place);
    setMoved(place);
  };
  return (
    <Section id="images" title={say('images.title')}>
      <FormFailure failure={failure} />
      <p role="status" className="sr-only">
        {moved !== undefined &&
          !failure &&
          say('images.moved', { number: moved, total: images.length })}
      </p>
      {images.length > 0 && (
        <ol className="rounded-card border border-line bg-surface">
          {images.map((picture, i) => (
            <PictureRow
              key={picture.id}
              product={product}
              picture={picture}
              place={i + 1}
              onMove={(place) => moveTo(picture.id, place)}
              onMoveHere={(id) => moveTo(id, i + 1)}
            />
          ))}
        </ol>
      )}
      <AddImages product={product} />
    </Section>
  );
};
