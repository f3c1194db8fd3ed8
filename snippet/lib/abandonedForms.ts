import { listen } from './listen.ts';

/**
 * Calls back for each form that something was typed into or chosen in, and that was not sent, when the page is left.
 * @returns to be called when the visitor is elsewhere within the page: forms that are gone by then count
 */
export function abandonedForms(abandoned: (form: HTMLFormElement, field: HTMLInputElement) => void): () => void {
  const begun = new Map<HTMLFormElement, HTMLInputElement>();
  const leave = (gone: (form: HTMLFormElement) => boolean) => {
    for (const [form, field] of begun)
      if (gone(form)) {
        begun.delete(form);
        abandoned(form, field);
      }
  };
  listen('input', (event) => {
    const field = event.composedPath()[0] as HTMLInputElement;
    if (event.isTrusted && field.form) begun.set(field.form, field);
  });
  listen('submit', (event) => begun.delete(event.composedPath()[0] as HTMLFormElement));
  listen('pagehide', () => leave(() => true));
  return () => leave((form) => !form.isConnected);
}
