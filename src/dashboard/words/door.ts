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

  welcome: 'Welcome to Footfall',
  noOwner: 'This deployment has no owner yet. Make yourself its owner; afterwards nobody else can do this.',
  whereKept: 'Your account lives in your own database, and nowhere else.',
  yourName: 'Your name',
  emailHint: 'You sign in with it; nothing is sent to it.',
  create: 'Create the owner',
  hasOwner: 'This deployment has an owner already. Sign in instead.',
});
