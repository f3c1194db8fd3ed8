/** Gives the browser a file to keep. */
export function save(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // Not at once: it may still ask where to.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
