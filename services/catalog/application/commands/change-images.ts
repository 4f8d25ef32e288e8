import { catalogError } from '../../domain/errors.ts';
import { changeImages, imagesMax, type Image } from '../../domain/product.ts';
import type { Cause, Images, Products } from '../ports.ts';

type OfImage = Readonly<{ productId: string; imageId: string }>;

export type ChangeImages = Readonly<{
  /** Adds the image `imageId` behind the others; one that is there already stays as it is. */
  add: (
    command: OfImage & Readonly<{ upload: Buffer; alt: string }>,
    cause: Cause,
  ) => Promise<void>;
  /** Another text, another place among the images; what is not named stays. */
  change: (
    command: OfImage & Readonly<{ alt: string | undefined; position: number | undefined }>,
    cause: Cause,
  ) => Promise<void>;
  remove: (command: OfImage, cause: Cause) => Promise<void>;
}>;

const tooMany = () =>
  catalogError('product_invalid', {
    errors: [{ pointer: '#/file', code: 'too_many', detail: `it has ${imagesMax} images` }],
  });

export const createChangeImages = (
  ports: Readonly<{ products: Products; images: Images }>,
): ChangeImages => {
  const { products, images } = ports;
  return {
    async add({ productId, imageId, upload, alt }, cause) {
      // Asked before a picture is worked on: whose the product is, and whether there is room.
      const { product } = await products.update(productId, () => [], cause);
      if (product.images.some(({ id }) => id === imageId)) return;
      if (product.images.length >= imagesMax) throw tooMany();
      const image = { ...(await images.store(imageId, upload)), alt };
      try {
        await products.update(
          productId,
          (stored) => changeImages(stored.product, [...stored.product.images, image]),
          cause,
        );
      } catch (error) {
        await images.remove(image);
        throw error;
      }
    },
    async change({ productId, imageId, alt, position }, cause) {
      await products.update(
        productId,
        ({ product }) => {
          const image = find(product.images, imageId);
          const others = product.images.filter(({ id }) => id !== imageId);
          const at = position === undefined ? product.images.indexOf(image) : position - 1;
          return changeImages(
            product,
            others.toSpliced(at, 0, { ...image, alt: alt ?? image.alt }),
          );
        },
        cause,
      );
    },
    async remove({ productId, imageId }, cause) {
      let removed: Image | undefined;
      await products.update(
        productId,
        ({ product }) => {
          removed = find(product.images, imageId);
          return changeImages(
            product,
            product.images.filter(({ id }) => id !== imageId),
          );
        },
        cause,
      );
      if (removed) await images.remove(removed);
    },
  };
};

const find = (images: readonly Image[], id: string): Image => {
  const image = images.find((one) => one.id === id);
  if (!image) throw catalogError('image_not_found');
  return image;
};
