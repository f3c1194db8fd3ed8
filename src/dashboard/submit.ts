import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from './api.ts';
import { capital } from './format.ts';
import { common } from './words/common.ts';
import { form as words } from './words/form.ts';

/** What a form knows of its sending. */
export interface Submit {
  /** For the `<form>`, which is `noValidate`: what is wrong is said below each field, not in the browser's bubbles. */
  onSubmit: (event: SubmitEvent) => void;
  busy: boolean;
  /** What is wrong with the field of this name. */
  wrong: (name: string) => string | undefined;
  /** What went wrong otherwise. */
  failure: string | undefined;
  /** Seconds until the server listens again; 0 when it does. */
  wait: number;
}

/**
 * Sends a form: checks what its inputs demand (`required`, `type`, `minLength`), then runs `send`, and puts what the
 * server complains about at the fields of those names. The first wrong field gets the focus.
 */
export function useSubmit(send: (data: FormData) => Promise<void>): Submit {
  const [busy, setBusy] = useState(false);
  const [issues, setIssues] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string>();
  const [wait, setWait] = useState(0);
  const form = useRef<HTMLFormElement | null>(null);

  useEffect(() => {
    if (wait <= 0) return;
    const timer = setTimeout(() => setWait(wait - 1), 1000);
    return () => clearTimeout(timer);
  }, [wait]);

  useEffect(() => {
    if (Object.keys(issues).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [issues]);

  const refused = (error: unknown) => {
    const here = new Set([...(form.current?.elements ?? [])].map((field) => field.getAttribute('name')));
    const all = error instanceof ApiError ? error.issues : [];
    const fields = all.map(atField).filter(({ path }) => here.has(path));
    setIssues(Object.fromEntries(fields.map(({ path, message }) => [path, message])));
    setFailure(fields.length > 0 ? undefined : explain(error));
    if (error instanceof ApiError && error.status === 429) setWait(error.retryAfter ?? 5);
  };

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    if (busy || wait > 0) return;
    form.current = event.currentTarget as HTMLFormElement;
    const found = complaints(form.current);
    setIssues(found);
    setFailure(undefined);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    send(new FormData(form.current))
      .catch(refused)
      .finally(() => setBusy(false));
  };

  return { onSubmit, busy, wrong: (name) => issues[name], failure, wait };
}

/** What the browser finds wrong with the inputs, in our words, by name. */
function complaints(form: HTMLFormElement): Record<string, string> {
  const found: Record<string, string> = {};
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement) || !field.name) continue;
    const { validity, value, minLength, required } = field;
    if (required && value.trim() === '') found[field.name] = words.required;
    else if (validity.typeMismatch) found[field.name] = words.noEmail;
    else if (value && value.length < minLength) found[field.name] = words.atLeast(minLength);
  }
  return found;
}

/** What is wrong with a line of a list is said at the list, with the line's number. */
function atField({ path, message }: { path: string; message: string }): { path: string; message: string } {
  const [, list, index] = /^(.+)\[(\d+)\]$/.exec(path) ?? [];
  if (!list) return { path, message: sentence(message) };
  return { path: list, message: words.line(Number(index) + 1, sentence(message)) };
}

/** "a domain, such as example.com" as it stands below a field. */
function sentence(text: string): string {
  const whole = capital(text);
  return /[.!?:]$/.test(whole) ? whole : `${whole}.`;
}

/** A refusal, in a sentence about what was just tried. */
function explain(error: unknown): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
  if (error.code === 'offline') return common.unreachable;
  if (error.status === 503) return words.databaseSilent;
  if (error.status === 429) return words.tooMany;
  return error.message;
}
