/** What of a page is in its replay, line by line. */
export interface Comparison {
  /** Lines of both together, and those of them that are equal. */
  lines: number;
  equal: number;
  /** `-` before what the page has and its replay hasn't, `+` the other way round. */
  differences: string[];
}

/** By their longest common subsequence. */
export function compare(page: string[], replay: string[]): Comparison {
  let start = 0;
  while (start < page.length && page[start] === replay[start]) start++;
  let end = 0;
  const shorter = Math.min(page.length, replay.length) - start;
  while (end < shorter && page.at(-1 - end) === replay.at(-1 - end)) end++;
  const [a, b] = [page.slice(start, page.length - end), replay.slice(start, replay.length - end)];

  // most[i][j]: how many lines of a from i on and of b from j on are common.
  const most = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number) => most[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      (most[i] as Uint16Array)[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const differences: string[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && a[i] === b[j]) [i, j] = [i + 1, j + 1];
    else if (j === b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) differences.push(`- ${a[i++]?.trim()}`);
    else differences.push(`+ ${b[j++]?.trim()}`);
  }
  const lines = page.length + replay.length;
  return { lines, equal: lines - differences.length, differences };
}
