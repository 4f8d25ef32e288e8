import { Download } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import { homePath } from '../../addresses.ts';
import { browserApi } from '../api/client.ts';
import { useFormats, useSetting, useText } from '../i18n/use-text.tsx';
import { Button, buttonClasses } from '../kit/button.tsx';
import { FormFailure, RegionError } from '../kit/feedback.tsx';
import { TextField } from '../kit/field.tsx';
import { Icon } from '../kit/icon.tsx';
import { bodyOf, useLoaded, useSending } from '../kit/use-request.ts';
import { AccountPage } from './frame.tsx';
import { useProof } from '../step-up/step-up.tsx';

const whileCollectingMs = 2_000;

const Copy = (): ReactElement => {
  const say = useText();
  const { dateTime } = useFormats();
  const [isCollecting, setCollecting] = useState(false);
  const made = useLoaded(
    ['export'],
    (signal) => browserApi().GET('/api/v1/users/me/export', { signal }),
    {
      everyMs: isCollecting ? whileCollectingMs : false,
    },
  );
  const { isBusy, failure, send } = useSending(['export']);
  const request = async (): Promise<void> => {
    setCollecting(
      await send(() => bodyOf(browserApi().POST('/api/v1/users/me/export', { body: {} }))),
    );
  };
  const { data } = made;
  const isNone = made.failure?.status === 404;
  return (
    <section
      aria-labelledby="copy"
      className="flex flex-col items-start gap-4 border-t border-line pt-6"
    >
      <h2 id="copy" className="text-h2">
        {say('data.copy')}
      </h2>
      <p className="max-w-xl text-body text-text-2">{say('data.copyText')}</p>
      <FormFailure failure={failure} />
      {made.failure && !isNone && <RegionError failure={made.failure} onRetry={made.retry} />}
      {data?.status === 'ready' && data.archive !== null && (
        <p className="flex flex-wrap items-center gap-4">
          <a href={`/web${data.archive}`} download className={buttonClasses('filled', 44)}>
            <Icon of={Download} size={20} />
            {say('data.download')}
          </a>
          <span className="text-small text-text-2">
            {say('data.until', { at: dateTime(data.expires_at) })}
          </span>
        </p>
      )}
      {data?.status === 'collecting' && (
        <p role="status" className="text-small text-text-2">
          {say('data.collecting', { done: data.progress.done, total: data.progress.total })}
        </p>
      )}
      {data?.status !== 'collecting' && (
        <Button isBusy={isBusy} onClick={() => void request()}>
          {say('data.request')}
        </Button>
      )}
    </section>
  );
};

const Close = (): ReactElement => {
  const say = useText();
  const { viewer, language } = useSetting();
  const { dialog, withProof } = useProof();
  const [typed, setTyped] = useState('');
  const { isBusy, failure, send } = useSending();
  const close = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const isDone = await send(() =>
      withProof(() =>
        bodyOf(browserApi().DELETE('/api/v1/users/me', { body: { confirm: typed } })),
      ),
    );
    if (isDone) location.assign(homePath(language));
  };
  return (
    <section aria-labelledby="close" className="flex flex-col gap-4 border-t border-line pt-6">
      <h2 id="close" className="text-h2">
        {say('data.close')}
      </h2>
      <p className="max-w-xl text-body text-text-2">{say('data.closeText')}</p>
      <form
        noValidate
        onSubmit={(event) => void close(event)}
        className="flex max-w-md flex-col gap-4"
      >
        <FormFailure failure={failure} />
        <TextField
          name="confirm"
          label={say('data.confirm', { username: viewer?.username ?? '' })}
          autoComplete="off"
          autoCapitalize="none"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <Button type="submit" kind="danger" isBusy={isBusy} className="self-start">
          {say('data.closeGo')}
        </Button>
      </form>
      {dialog}
    </section>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  return (
    <AccountPage title={say('account.data')}>
      <Copy />
      <Close />
    </AccountPage>
  );
};
