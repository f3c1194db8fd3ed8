/** Filters mind case; people who search don't. */
export function spellings(text: string): string[] {
  const lower = text.toLowerCase();
  return [...new Set([text, lower, text.toUpperCase(), capital(lower)])];
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
