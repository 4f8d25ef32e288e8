import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { unreachable, type Failure } from '../../api/problems.ts';
import { useText } from '../../i18n/use-text.tsx';
import { useToast } from '../../kit/toast.tsx';
import { RequestFailed } from '../../kit/use-request.ts';
import type { Product } from './details-form.tsx';
import { uploadPicture, type Picture } from './upload-picture.ts';

export const bytesMax = 10 * 1024 * 1024;
export const types = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const;

export type Upload = Picture &
  Readonly<{
    state: 'waiting' | 'sending' | 'failed' | 'refused';
    /** How much of it is sent, from 0 to 1. */
    share: number;
    /** Why it failed, where another try may help. */
    failure?: Failure | undefined;
    /** What is wrong with the file, which no other try mends. */
    fault?: 'tooLarge' | 'wrongType' | undefined;
  }>;

/** A file without a type is one that the browser does not know: the server looks into it. */
const faultOf = ({ size, type }: File): Upload['fault'] => {
  if (type !== '' && !types.some((known) => known === type)) return 'wrongType';
  return size > bytesMax ? 'tooLarge' : undefined;
};

/** Whether the same file may get through at another time. */
const mayHelp = ({ status }: Failure): boolean =>
  status === 0 || status >= 500 || [401, 409, 429].includes(status);

/**
 * Uploads files one after the other, so that they stand in the order they were chosen in. One that fails
 * stays, says why and can be tried again; the others go on.
 */
export const useUploads = ({ id, title }: Product) => {
  const say = useText();
  const toast = useToast();
  const queries = useQueryClient();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const last = useRef<Promise<void>>(Promise.resolve());
  /** Since nothing was on its way. */
  const count = useRef({ left: 0, done: 0, failed: 0 });

  const patch = (key: string, change: Partial<Upload>): void =>
    setUploads((now) => now.map((one) => (one.key === key ? { ...one, ...change } : one)));
  const drop = (key: string): void => setUploads((now) => now.filter((one) => one.key !== key));

  const sendOne = async (picture: Picture): Promise<void> => {
    const { key } = picture;
    patch(key, { state: 'sending', share: 0, failure: undefined });
    try {
      const product = await uploadPicture(id, picture, (share) => patch(key, { share }));
      queries.setQueryData(['products', 'detail', id], product);
      drop(key);
      count.current.done += 1;
    } catch (error) {
      const failure = error instanceof RequestFailed ? error.failure : unreachable();
      patch(key, { state: mayHelp(failure) ? 'failed' : 'refused', failure });
      count.current.failed += 1;
    }
  };
  const end = async (): Promise<void> => {
    const { done, failed } = count.current;
    count.current = { left: 0, done: 0, failed: 0 };
    if (done > 0)
      toast(say(failed > 0 ? 'images.addedSome' : 'images.added', { count: done, failed }));
    await queries.invalidateQueries({ queryKey: ['products'] });
  };
  const send = (pictures: readonly Picture[]): void => {
    count.current.left += pictures.length;
    for (const picture of pictures)
      last.current = last.current.then(async () => {
        await sendOne(picture);
        count.current.left -= 1;
        if (count.current.left === 0) await end();
      });
  };

  const add = (files: readonly File[]): void => {
    const fresh = files.map((file): Upload => {
      const fault = faultOf(file);
      const state = fault ? 'refused' : 'waiting';
      return { key: crypto.randomUUID(), file, alt: title, state, share: 0, fault };
    });
    setUploads((now) => [...now, ...fresh]);
    send(fresh.filter(({ fault }) => fault === undefined));
  };
  const retry = (upload: Upload): void => {
    patch(upload.key, { state: 'waiting', share: 0, failure: undefined });
    send([upload]);
  };

  const isBusy = uploads.some(({ state }) => state === 'waiting' || state === 'sending');
  useEffect(() => {
    if (!isBusy) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isBusy]);
  return { uploads, isBusy, add, retry, drop };
};
