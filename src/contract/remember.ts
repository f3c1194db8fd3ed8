/** Texts of more characters than this are worked out each time: nobody fills the memory with them. */
const LONG = 1_000;

/**
 * A pure function of a text that remembers its answers, the same for whoever asks; at most so many, then it begins anew.
 *
 * @example
 * const parsed = remembering(2_000, (userAgent) => parse(userAgent));
 */
export function remembering<Answer>(most: number, work: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, Answer>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const answer = work(text);
    if (text.length > LONG) return answer;
    if (known.size >= most) known.clear();
    known.set(text, answer);
    return answer;
  };
}
