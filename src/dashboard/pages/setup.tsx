import { useEffect } from 'preact/hooks';
import type { Me, Setup } from '../../contract/api.ts';
import { Door, PasswordField } from '../accounts/door.tsx';
import { Failure } from '../accounts/failure.tsx';
import { ApiError, api } from '../api.ts';
import { forget } from '../data.ts';
import { go } from '../router.ts';
import { useSubmit } from '../submit.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { door as words } from '../words/door.tsx';
import { form as formWords } from '../words/form.ts';

export default function Page() {
  useEffect(() => {
    api<Setup>('GET', '/setup').then(
      ({ needed }) => {
        if (!needed && location.pathname === '/setup') go('/sign-in', { replace: true });
      },
      () => {
        // Sending the form will say what is wrong.
      },
    );
  }, []);
  const form = useSubmit(async (data) => {
    const input = { name: data.get('name'), email: data.get('email'), password: data.get('password') };
    await api<Me>('POST', '/setup', input).catch((error: unknown) => {
      if (error instanceof ApiError && error.code === 'already_set_up') {
        throw new Error(words.hasOwner);
      }
      throw error;
    });
    forget();
    go('/', { replace: true });
  });
  return (
    <Door title={words.welcome} lead={words.noOwner} foot={words.whereKept}>
      <form noValidate onSubmit={form.onSubmit}>
        <Failure text={form.failure} />
        <Field
          label={words.yourName}
          name="name"
          required
          maxLength={100}
          autoComplete="name"
          error={form.wrong('name')}
        />
        <Field
          label={words.email}
          name="email"
          type="email"
          required
          autoComplete="username"
          hint={words.emailHint}
          error={form.wrong('email')}
        />
        <PasswordField fresh hint={formWords.atLeast(10)} error={form.wrong('password')} />
        <Button type="submit" kind="primary" busy={form.busy} disabled={form.wait > 0}>
          {form.wait > 0 ? words.tryAgainIn(form.wait) : words.create}
        </Button>
      </form>
    </Door>
  );
}
