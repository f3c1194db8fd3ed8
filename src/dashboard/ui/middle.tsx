/**
 * A name that, where it doesn't fit, is cut in its middle; whole on hover. Pure CSS, so it fits any width. Its two boxes are
 * one name to screen readers, which would say them as two words.
 * @param words says first what matters, as titles do: cut at its end, and in its language's direction
 */
export function Middle({ text, words = false }: { text: string; words?: boolean }) {
  if (words) {
    return (
      <span class="from-start" dir="auto" title={text}>
        {text}
      </span>
    );
  }
  const all = [...text];
  if (all.length < 16) return <span class="middle">{text}</span>;
  const tail = Math.min(14, Math.floor(all.length / 3));
  return (
    <span class="middle" role="img" aria-label={text} title={text}>
      <span class="middle-head">{all.slice(0, -tail).join('')}</span>
      <span class="middle-tail">{all.slice(-tail).join('')}</span>
    </span>
  );
}
