/** What a page may tell with an event: at most 30 properties, each text, number or boolean. */
export type Props = Record<string, string | number | boolean>;

/** Money: `amount` as decimal text ('9.90') or a number, `currency` as ISO 4217 ('EUR'). */
export interface Revenue {
  amount: string | number;
  currency: string;
}

/** What a page may call. Nothing of it throws, and nothing returns anything. */
export interface Footfall {
  /**
   * Sends an event: `footfall('signup', { plan: 'pro' }, { amount: '9.90', currency: 'EUR' })`.
   * `pageview` is one more page view of this address, `404` says that there is no such page.
   */
  (name: string, props?: Props, revenue?: Revenue): void;
  /** Says who this is, from now on: the same user is the same visitor on every device. '' when nobody is signed in any more. */
  identify(user: string | number): void;
  /** Whether this visitor agrees: `true` begins where the site waits for it, `false` is `optOut`. Remembered. */
  consent(given: boolean): void;
  /** Sends nothing from now on, in this browser. */
  optOut(): void;
  /** Takes `optOut` back. */
  optIn(): void;
  /** Leaves this browser out of all numbers, since it is one of the site's own people; `false` takes it in again. Remembered. */
  ignore(yes?: boolean): void;
  /** Has this visit recorded where recordings wait for a reason; there once the recorder is: `footfall.record?.()`. */
  record?(): void;
}

/**
 * The snippet as a module: `import { footfall } from 'footfall/snippet'`. It loads nothing; what is called before the
 * tag's script is there waits for it. Does nothing where there is no window.
 */
export declare const footfall: Footfall;
