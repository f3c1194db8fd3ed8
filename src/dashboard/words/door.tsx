import { area } from './area.ts';

/** The forms for whoever isn't in yet: signing in, and making the owner. */
export const door = area('door', {
  email: 'E-mail',
  password: 'Password',
  show: 'Show',
  hide: 'Hide',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  tryAgainIn: (seconds: number) => `Try again in ${seconds} s`,

  signInTo: 'Sign in to Footfall',
  signIn: 'Sign in',
  noMatch: 'E-mail and password do not match.',
  /** What the README says of a lost password. */
  forgotten: () => (
    <>
      Forgot your password? Whoever runs this deployment can set a new one, with <code>npm run password</code>.
    </>
  ),

  welcome: 'Welcome to Footfall',
  noOwner: 'Nobody owns this deployment yet. Create the account that does; afterwards nobody else can.',
  whereKept: 'Your account lives in your own database, and nowhere else.',
  yourName: 'Your name',
  emailHint: 'You sign in with it; nothing is sent to it.',
  create: 'Create your account',
  hasOwner: 'This deployment has an owner already. Sign in instead.',
});
