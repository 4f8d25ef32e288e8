import { readFailure, unreachable } from '../../api/problems.ts';
import { RequestFailed } from '../../kit/use-request.ts';
import type { Product } from './details-form.tsx';

/** A file on its way; `key` makes each try of it the same request. */
export type Picture = Readonly<{ key: string; file: File; alt: string }>;

/**
 * Sends one picture and tells how much of it is sent, from 0 to 1: `fetch` would not say. Answers the
 * product with it; raises `RequestFailed`.
 */
export const uploadPicture = (
  productId: string,
  { key, file, alt }: Picture,
  onProgress: (share: number) => void,
): Promise<Product> => {
  const { promise, resolve, reject } = Promise.withResolvers<Product>();
  const request = new XMLHttpRequest();
  request.open('POST', `/web/api/v1/products/${productId}/images`);
  request.responseType = 'json';
  request.setRequestHeader('idempotency-key', key);
  request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(loaded / total));
  request.addEventListener('load', () => {
    if (request.status === 201) return resolve(request.response as Product);
    const headers = new Headers();
    for (const name of ['retry-after', 'x-request-id']) {
      const value = request.getResponseHeader(name);
      if (value !== null) headers.set(name, value);
    }
    const { status } = request;
    return reject(new RequestFailed(readFailure({ status, headers }, request.response)));
  });
  for (const name of ['error', 'abort', 'timeout'])
    request.addEventListener(name, () => reject(new RequestFailed(unreachable())));
  const form = new FormData();
  form.append('alt', alt);
  form.append('file', file, file.name);
  request.send(form);
  return promise;
};
