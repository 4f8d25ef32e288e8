import { ImageOff } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';

const widths = [320, 800, 1600] as const;
const ours = /^(\/api\/v1\/products\/images\/.+)-(?:320|800|1600)\.webp$/;

const sourcesOf = (url: string) => {
  const base = ours.exec(url)?.[1];
  if (base === undefined) return { src: url };
  return {
    src: `${base}-800.webp`,
    srcSet: widths.map((width) => `${base}-${width}.webp ${width}w`).join(', '),
  };
};

/** A product on its tile: square, whole, and always in the light the pictures were made for. */
export const ProductImage = ({
  url,
  alt,
  sizes,
  isFirst = false,
  className,
  isWhole = false,
}: Readonly<{
  url: string | null | undefined;
  alt: string;
  /** How wide it is drawn, as CSS has it. */
  sizes: string;
  /** What the visitor waits for: loaded at once and before all else. */
  isFirst?: boolean;
  className?: string;
  /** On the page of the product itself, with room around it. */
  isWhole?: boolean;
}>): ReactElement => {
  const [isBroken, setBroken] = useState(false);
  return (
    <span
      className={classes(
        'relative flex aspect-square items-center justify-center overflow-hidden bg-tile text-tint-ink-2',
        className,
      )}
    >
      {url && !isBroken ? (
        <img
          {...sourcesOf(url)}
          sizes={sizes}
          alt={alt}
          width={800}
          height={800}
          loading={isFirst ? 'eager' : 'lazy'}
          decoding={isFirst ? 'sync' : 'async'}
          {...(isFirst ? { fetchPriority: 'high' as const } : {})}
          onError={() => setBroken(true)}
          className={classes('size-full object-contain', isWhole && 'max-md:object-cover')}
        />
      ) : (
        <Icon of={ImageOff} size={32} {...(alt === '' ? {} : { label: alt })} />
      )}
    </span>
  );
};
