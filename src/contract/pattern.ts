/**
 * Patterns of paths: `*` is anything but a slash, `**` anything, and all else itself. Pure; goals ask Postgres with them,
 * exclusions are looked at while a hit is taken.
 */

type Piece = '*' | '**' | string;

function pieces(pattern: string): Piece[] {
  return pattern.split(/(\*\*|\*)/).filter((piece) => piece !== '');
}

/**
 * A pattern as an anchored regular expression. No alternatives, groups or back references come of it, so that Postgres
 * answers in linear time.
 * @example pathPattern('/blog/*') // '^/blog/[^/]*$'
 */
export function pathPattern(pattern: string): string {
  const parts = pieces(pattern).map((piece) => {
    if (piece === '**') return '.*';
    return piece === '*' ? '[^/]*' : piece.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
  });
  return `^${parts.join('')}$`;
}

/**
 * Whether a path is of the pattern. JavaScript's own expressions go back and forth on many wildcards, and the path is a
 * stranger's: this looks at each piece and place once.
 */
export function matchesPath(pattern: string, path: string): boolean {
  /** Places up to which the pieces so far can have read. */
  let ends = new Set([0]);
  for (const piece of pieces(pattern)) {
    const next = new Set<number>();
    if (piece === '*' || piece === '**') {
      let reach = -1;
      for (const end of [...ends].sort((a, b) => a - b)) {
        if (end <= reach) continue; // one before it has been this way
        for (let i = end; i <= path.length; i += 1) {
          next.add(i);
          reach = i;
          if (piece === '*' && path[i] === '/') break;
        }
      }
    } else {
      for (const end of ends) if (path.startsWith(piece, end)) next.add(end + piece.length);
    }
    if (next.size === 0) return false;
    ends = next;
  }
  return ends.has(path.length);
}
