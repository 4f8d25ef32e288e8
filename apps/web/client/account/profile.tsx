import { useRef, useState, type FormEvent, type ReactElement } from 'react';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { useText } from '../i18n/use-text.tsx';
import { Button } from '../kit/button.tsx';
import { FormFailure } from '../kit/feedback.tsx';
import { SelectField, TextField } from '../kit/field.tsx';
import { Monogram } from '../kit/layout.tsx';
import { keepPreference } from '../kit/theme-choice.tsx';
import { useToast } from '../kit/toast.tsx';
import { useFieldWords } from '../kit/use-failure.ts';
import { bodyOf, useLoaded, useSending } from '../kit/use-request.ts';
import { AccountPage, Region } from './frame.tsx';
import { useLeave } from './use-leave.ts';

type Profile = AnswerOf<'/api/v1/users/me', 'get'>;
const fields = ['full_name', 'phone_number', 'language'] as const;

const Avatar = ({ profile }: Readonly<{ profile: Profile }>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const { isBusy, failure, send } = useSending(['profile']);
  const upload = async (file: File): Promise<void> => {
    const form = new FormData();
    form.append('file', file);
    const isDone = await send(() =>
      bodyOf(
        browserApi().POST('/api/v1/users/me/avatar', {
          body: form as never,
          bodySerializer: (body) => body as never,
        }),
      ),
    );
    if (isDone) toast(say('profile.pictureSaved'));
  };
  const remove = (): void =>
    void send(() => bodyOf(browserApi().DELETE('/api/v1/users/me/avatar', {})));
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-4">
        {profile.avatar ? (
          <img
            src={profile.avatar.medium}
            alt=""
            width={64}
            height={64}
            className="size-16 rounded-control-small object-cover"
          />
        ) : (
          <Monogram name={profile.full_name ?? profile.username} size={64} />
        )}
        <input
          ref={input}
          type="file"
          accept="image/jpeg,image/png,image/webp,image/avif"
          aria-label={say('profile.picture')}
          className="sr-only"
          tabIndex={-1}
          onChange={({ target: { files } }) => files?.[0] && void upload(files[0])}
        />
        <Button size={40} isBusy={isBusy} onClick={() => input.current?.click()}>
          {say('profile.choosePicture')}
        </Button>
        {profile.avatar && (
          <Button kind="quiet" size={40} onClick={remove}>
            {say('profile.removePicture')}
          </Button>
        )}
      </div>
      <p className="text-caption text-text-3">{say('profile.pictureHint')}</p>
      <FormFailure failure={failure} />
    </div>
  );
};

const ProfileForm = ({ profile }: Readonly<{ profile: Profile }>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const saved = {
    full_name: profile.full_name ?? '',
    phone_number: profile.phone_number ?? '',
    language: profile.language,
  };
  const [typed, setTyped] = useState(saved);
  const isChanged = fields.some((name) => typed[name] !== saved[name]);
  const { question, release } = useLeave(isChanged);
  const { isBusy, failure, send } = useSending(['profile']);
  const words = useFieldWords(failure);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const body = {
      full_name: typed.full_name.trim() || null,
      phone_number: typed.phone_number.replaceAll(/[^\d+]/g, '') || null,
      language: typed.language,
    };
    const isDone = await send(() => bodyOf(browserApi().PUT('/api/v1/users/me', { body }), fields));
    if (!isDone) return;
    release();
    keepPreference('plaza_language', typed.language);
    if (typed.language === profile.language) toast(say('profile.saved'));
    else location.reload();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => void save(event)}
      className="flex max-w-md flex-col gap-5"
    >
      {question}
      <FormFailure failure={failure} />
      <TextField
        name="full_name"
        label={say('profile.name')}
        autoComplete="name"
        isOptional
        value={typed.full_name}
        error={words['full_name']}
        onChange={({ target: { value } }) => setTyped({ ...typed, full_name: value })}
      />
      <TextField
        name="phone_number"
        type="tel"
        label={say('profile.phone')}
        hint={say('profile.phoneHint')}
        autoComplete="tel"
        inputMode="tel"
        isOptional
        value={typed.phone_number}
        error={words['phone_number']}
        onChange={({ target: { value } }) => setTyped({ ...typed, phone_number: value })}
      />
      <SelectField
        name="language"
        label={say('profile.language')}
        value={typed.language}
        onChange={({ target: { value } }) =>
          setTyped({ ...typed, language: value === 'en' ? 'en' : 'es' })
        }
      >
        <option value="es">Español</option>
        <option value="en">English</option>
      </SelectField>
      <Button type="submit" kind="filled" isBusy={isBusy} className="self-start">
        {say('profile.save')}
      </Button>
    </form>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const profile = useLoaded(['profile'], (signal) =>
    browserApi().GET('/api/v1/users/me', { signal }),
  );
  return (
    <AccountPage title={say('account.profile')}>
      <Region of={profile} lines={4}>
        {(data) => (
          <>
            <Avatar profile={data} />
            <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-small">
              <dt className="text-text-3">{say('profile.username')}</dt>
              <dd>{data.username}</dd>
              <dt className="text-text-3">{say('profile.email')}</dt>
              <dd>{data.email}</dd>
            </dl>
            <ProfileForm key={data.updated_at} profile={data} />
          </>
        )}
      </Region>
    </AccountPage>
  );
};
