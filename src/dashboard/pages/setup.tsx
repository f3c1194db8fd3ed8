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
        throw new Error('This deployment has an owner already. Sign in instead.');
      }
      throw error;
    });
    forget();
    go('/', { replace: true });
  });
  return (
    <Door
      title="Welcome to Footfall"
      lead="This deployment has no owner yet. Make yourself its owner; afterwards nobody else can do this."
      foot="Your account lives in your own database, and nowhere else."
    >
      <form noValidate onSubmit={form.onSubmit}>
        <Failure text={form.failure} />
        <Field label="Your name" name="name" required maxLength={100} autoComplete="name" error={form.wrong('name')} />
        <Field
          label="E-mail"
          name="email"
          type="email"
          required
          autoComplete="username"
          hint="You sign in with it; nothing is sent to it."
          error={form.wrong('email')}
        />
        <PasswordField fresh hint="At least 10 characters." error={form.wrong('password')} />
        <Button type="submit" kind="primary" busy={form.busy} disabled={form.wait > 0}>
          {form.wait > 0 ? `Try again in ${form.wait} s` : 'Create the owner'}
        </Button>
      </form>
    </Door>
  );
}
