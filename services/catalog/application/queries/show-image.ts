import { catalogError } from '../../domain/errors.ts';
import type { Images } from '../ports.ts';

/** The bytes of a picture as we keep it. Raises `image_not_found`. */
export type ShowImage = (file: string) => Promise<Buffer>;

export const createShowImage =
  ({ images }: Readonly<{ images: Images }>): ShowImage =>
  async (file) => {
    const bytes = await images.read(file);
    if (!bytes) throw catalogError('image_not_found');
    return bytes;
  };
