import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Field } from '../ui/field.tsx';
import { door as words } from '../words/door.tsx';
import './door.css';

interface Props {
  title: string;
  /** What this is, in a sentence. */
  lead?: ComponentChildren;
  /** Below the card. */
  foot?: ComponentChildren;
  children: ComponentChildren;
}

/** The page around the forms for whoever isn't in yet. */
export function Door({ title, lead, foot, children }: Props) {
  const main = useRef<HTMLElement>(null);
  // The attribute `autofocus` works once per document, and this page may come after another.
  useEffect(() => main.current?.querySelector('input')?.focus(), []);
  return (
    <main class="door" ref={main}>
      <div class="door-body">
        <header class="door-head">
          <img src="/icon.svg" width="40" height="40" alt="" />
          <h1>{title}</h1>
          {lead && <p>{lead}</p>}
        </header>
        {children}
        {foot && <p class="door-foot">{foot}</p>}
      </div>
    </main>
  );
}

interface PasswordProps {
  error: string | undefined;
  /** A new one is checked for length, and the browser may suggest one. */
  fresh?: boolean;
  hint?: string;
}

/** A password that can be looked at. */
export function PasswordField({ error, fresh = false, hint }: PasswordProps) {
  const [open, setOpen] = useState(false);
  return (
    <div class="password">
      <Field
        label={words.password}
        name="password"
        type={open ? 'text' : 'password'}
        required
        minLength={fresh ? 10 : 1}
        maxLength={128}
        autoComplete={fresh ? 'new-password' : 'current-password'}
        autoCapitalize="none"
        spellcheck={false}
        hint={hint}
        error={error}
      />
      <button
        type="button"
        class="reveal"
        aria-pressed={open}
        aria-label={open ? words.hidePassword : words.showPassword}
        onClick={() => setOpen(!open)}
      >
        {open ? words.hide : words.show}
      </button>
    </div>
  );
}
