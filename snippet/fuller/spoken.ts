import { listen } from '../lib/listen.ts';
import type { masking } from '../lib/masking.ts';

/** What was typed is remembered, so that it isn't told after its field was emptied: so many texts, each key's among them. */
const TYPED = 300;
/** A text this long or longer is something that was typed; a shorter one is in any word. */
const LEAST = 3;
const CHARS = 1_000;

/** What follows a name that speaks of a secret, as programs write it: `token: …`, `"password":"…"`, `Bearer …`. */
const SECRET =
  /((?:token|secret|passw\w*|passphrase|passcode|pwd|auth\w*|credential|cookie|session|jwt|otp|api.?key|private.?key|card|cvv|cvc|iban|ssn|\bpin\b)[\w-]*\\?["']?\s*[:=]\s*)(?:(?:bearer|basic)\s+)?(?:"[^"]*"?|'[^']*'?|[^\s,;&})\]]+)/gi;
const BEARER = /\b(bearer|basic)\s+[\w.~+/-]{8,}=*/gi;
/** As long as a card's number. */
const NUMBER = /\b\d(?:[ -]?\d){13,18}\b/g;

export interface Spoken {
  /** What a script wrote, as far as it may leave. */
  text(text: string): string;
  /** The address of a request, likewise. */
  url(url: string): string;
}

/** The masking of what scripts say: on top of that of errors, what follows names of secrets, and all that was typed. */
export function spoken({ cleanMessage, cleanUrl, kept, options }: ReturnType<typeof masking>): Spoken {
  let typed: string[] = [];
  const remember = (said: string) => {
    const text = said.trim();
    if (text.length >= LEAST && !typed.includes(text)) typed = [text, ...typed].slice(0, TYPED);
  };
  listen('input change', (event) => {
    const field = event.composedPath()[0] as HTMLInputElement;
    if (kept(field)) remember(field.value ?? field.textContent ?? '');
  });
  // What is typed in frames no listener of this window hears of; rrweb does, and has it masked.
  const { maskInputFn, maskTextFn } = options;
  options.maskInputFn = (text, field) => {
    const masked = maskInputFn(text, field);
    if (masked !== text) remember(text);
    return masked;
  };
  options.maskTextFn = (text, element) => {
    const masked = maskTextFn(text, element);
    if (masked !== text && element?.closest('[contenteditable]')) remember(text);
    return masked;
  };
  const stars = (text: string) => text.replace(/\S/g, '*');

  /** Longest first: one may be the beginning of another. */
  const withoutTyped = (text: string) => {
    for (const one of [...typed].sort((a, b) => b.length - a.length))
      for (const form of new Set([one, encodeURIComponent(one), encodeURIComponent(one).replaceAll('%20', '+')]))
        text = text.split(form).join(stars(form));
    return text;
  };

  return {
    text: (text) =>
      cleanMessage(
        withoutTyped(text.slice(0, 2 * CHARS))
          .replace(SECRET, '$1*')
          .replace(BEARER, '$1 *')
          .replace(NUMBER, stars),
      ).slice(0, CHARS),
    url(url) {
      // What stands in a data address is no address.
      const short = url.replace(/^(data:[^,]*,).*$/s, '$1*').slice(0, 2 * CHARS);
      return withoutTyped(cleanUrl(short)).slice(0, CHARS);
    },
  };
}
