import { useEffect } from 'preact/hooks';
import type { Me, Setup } from '../../contract/api.ts';
import { Door, PasswordField } from '../accounts/door.tsx';
import { Failure } from '../accounts/failure.tsx';
import { ApiError, api, returnAddress } from '../api.ts';
import { forget } from '../data.ts';
import { go } from '../router.ts';
import type { PageProps } from '../routes.ts';
import { useSubmit } from '../submit.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { door as words } from '../words/door.tsx';

export default function Page({ search }: PageProps) {
  useEffect(() => void elsewhere(search), [search]);
  const form = useSubmit(async (data) => {
    const input = { email: data.get('email'), password: data.get('password') };
    await api<Me>('POST', '/sign-in', input).catch((error: unknown) => {
      if (error instanceof ApiError && error.code === 'bad_credentials') throw new Error(words.noMatch);
      throw error;
    });
    forget();
    go(returnAddress(search), { replace: true });
  });
  return (
    <Door title={words.signInTo} foot={words.forgotten()}>
      <form noValidate onSubmit={form.onSubmit}>
        <Failure text={form.failure} />
        <Field
          label={words.email}
          name="email"
          type="email"
          required
          autoComplete="username"
          error={form.wrong('email')}
        />
        <PasswordField error={form.wrong('password')} />
        <Button type="submit" kind="primary" busy={form.busy} disabled={form.wait > 0}>
          {form.wait > 0 ? words.tryAgainIn(form.wait) : words.signIn}
        </Button>
      </form>
    </Door>
  );
}

/** A deployment without an owner is set up first; whoever is signed in already goes on. */
async function elsewhere(search: string): Promise<void> {
  const there = await api<Setup>('GET', '/setup')
    .then(({ needed }) => needed && '/setup')
    .catch(() => false as const);
  const to =
    there ||
    (await api<Me>('GET', '/me').then(
      () => returnAddress(search),
      () => null,
    ));
  if (to && location.pathname === '/sign-in') go(to, { replace: true });
}
