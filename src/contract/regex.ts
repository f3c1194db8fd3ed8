import { isText } from './words.ts';

/**
 * The patterns of `matches`: regular expressions as RE2 writes them, of which only what is answered in time linear in the
 * text is known: no references back, nothing looked ahead or behind for. Each is taken apart and written anew in the words
 * of Postgres, so that nothing of a caller's pattern gets there that isn't understood here.
 *
 * Characters stand for themselves; `.` for any; `[a-z]`, `[^/]` for sets; `\d`, `\w`, `\s` and their opposites for digits,
 * word characters and white space of ASCII; `^` and `$` for the ends of the text; `( )` and `(?: )` group, `|` chooses,
 * `*`, `+`, `?`, `{2}`, `{2,}`, `{2,5}` repeat. A backslash takes the meaning from any other mark.
 * @see https://github.com/google/re2/wiki/Syntax
 */

/** A pattern's length, what `{…}` may count to, and its length once all repetitions are written out. */
const LENGTH = 300;
const COUNT = 100;
const WRITTEN_OUT = 2_000;

const CLASSES: Record<string, string> = { d: '0-9', w: 'A-Za-z0-9_', s: ' \\t\\n\\r\\f\\v' };
const CONTROLS = 'tnrfv';

/**
 * A pattern in the words of Postgres's `~`, or, `folded`, of its `~*`, which takes no notice of case.
 * @throws SyntaxError that says what is wrong, and where it can be told, what would be right
 */
export function postgresPattern(pattern: string, folded = false): string {
  if (pattern.length > LENGTH) throw new SyntaxError(`a pattern of at most ${LENGTH} characters`);
  const reader = new Reader(pattern, folded);
  const { written } = reader.alternatives();
  if (!reader.done) throw new SyntaxError('a ) without its (');
  return written;
}

/** A text as a pattern for `~*` that is nothing but this text, in whatever case. */
export const foldedText = (text: string): string => [...text].map((mark) => either(marksOf(mark, true))).join('');

/** What is wrong with a pattern; null for one that is right. */
export function patternFault(pattern: string): string | null {
  try {
    postgresPattern(pattern);
    return null;
  } catch (error) {
    return error instanceof SyntaxError ? error.message : String(error);
  }
}

/** A part of a pattern as Postgres has it, and how long it is with all repetitions written out. */
interface Piece {
  written: string;
  size: number;
}

class Reader {
  /** By code points, as Postgres counts. */
  readonly #text: string[];
  readonly #folded: boolean;
  #at = 0;

  constructor(pattern: string, folded: boolean) {
    this.#text = isText(pattern) ? [...pattern] : [];
    this.#folded = folded;
  }

  get done() {
    return this.#at >= this.#text.length;
  }

  alternatives(): Piece {
    const branches = [this.#branch()];
    while (this.#take('|')) branches.push(this.#branch());
    return {
      written: branches.map(({ written }) => written).join('|'),
      size: branches.reduce((sum, { size }) => sum + size, 0),
    };
  }

  #branch(): Piece {
    const branch = { written: '', size: 1 };
    while (!this.done && this.#peek() !== '|' && this.#peek() !== ')') {
      const mark = this.#peek();
      if (mark === '^' || mark === '$') {
        this.#at++;
        branch.written += mark;
        if (this.#repeats()) throw new SyntaxError(`${mark} can’t be repeated`);
        continue;
      }
      const atom = this.#atom();
      const { written, count } = this.#quantifier();
      if (this.#repeats()) throw new SyntaxError(`a ${this.#peek()} after a repetition; group it first`);
      branch.written += atom.written + written;
      branch.size += atom.size * count;
      if (branch.size > WRITTEN_OUT)
        throw new SyntaxError(`a pattern that is shorter with its repetitions written out`);
    }
    return branch;
  }

  #atom(): Piece {
    const mark = this.#next();
    if (mark === '(') {
      if (this.#take('?') && !this.#take(':')) {
        throw new SyntaxError('of what begins with (? only (?: ) is known');
      }
      const { written, size } = this.alternatives();
      if (!this.#take(')')) throw new SyntaxError('a ( without its )');
      return { written: `(?:${written})`, size };
    }
    if ('*+?{'.includes(mark)) throw new SyntaxError(`a ${mark} with nothing before it to repeat`);
    return { written: this.#one(mark), size: 1 };
  }

  /** What stands for one character. */
  #one(mark: string): string {
    if (mark === '[') return this.#set();
    if (mark === '.') return '.';
    return mark === '\\' ? this.#escape() : either(marksOf(mark, this.#folded));
  }

  #escape(): string {
    const mark = this.done ? '' : this.#next();
    const known = CLASSES[mark];
    if (known) return `[${known}]`;
    const opposite = CLASSES[mark.toLowerCase()];
    if (opposite) return `[^${opposite}]`;
    if (mark !== '' && CONTROLS.includes(mark)) return `\\${mark}`;
    if (mark === '' || /[\p{L}\p{N}]/u.test(mark)) throw new SyntaxError(`\\${mark} isn’t known`);
    return either(marksOf(mark, this.#folded));
  }

  /** A set in square brackets, behind the first of them. */
  #set(): string {
    let written = this.#take('^') ? '[^' : '[';
    let first = true;
    while (this.#peek() !== ']' || first) {
      if (this.done) throw new SyntaxError('a [ without its ]');
      first = false;
      const from = this.#member();
      if (this.#peek() === '-' && this.#text[this.#at + 1] !== ']' && this.#at + 1 < this.#text.length) {
        this.#at++;
        const to = this.#member();
        if (from.point === null || to.point === null || from.point > to.point) {
          throw new SyntaxError('a range in [ ] from a character to a later one');
        }
        written += `${literal(String.fromCodePoint(from.point))}-${literal(String.fromCodePoint(to.point))}`;
      } else {
        written += from.written;
      }
    }
    this.#at++;
    return `${written}]`;
  }

  /** One character of a set, or a class of them, which has no place in a range. */
  #member(): { written: string; point: number | null } {
    const mark = this.#next();
    if (mark !== '\\') return this.#plain(mark);
    const escaped = this.done ? '' : this.#next();
    const known = CLASSES[escaped];
    if (known) return { written: known, point: null };
    if (escaped !== '' && CONTROLS.includes(escaped)) return { written: `\\${escaped}`, point: null };
    if (escaped === '' || /[\p{L}\p{N}]/u.test(escaped)) throw new SyntaxError(`\\${escaped} isn’t known in [ ]`);
    return this.#plain(escaped);
  }

  #plain(mark: string) {
    return { written: marksOf(mark, this.#folded).join(''), point: mark.codePointAt(0) ?? null };
  }

  /** How what was just read is repeated; a `?` behind it, which asks for the shortest, changes nothing of whether it fits. */
  #quantifier(): { written: string; count: number } {
    const found = { written: '', count: 1 };
    const mark = this.#peek();
    if (mark === '*' || mark === '+' || mark === '?') {
      this.#at++;
      found.written = mark;
    } else if (mark === '{') {
      const rest = this.#text.slice(this.#at).join('');
      const [whole = '', least = '', comma, most = ''] = /^\{(\d{1,3})(,)?(\d{1,3})?\}/.exec(rest) ?? [];
      const [from, to] = [Number(least), Number(most || least)];
      if (!whole || to > COUNT || from > to || (most && !comma)) {
        throw new SyntaxError(`{2}, {2,} or {2,5}, to ${COUNT} at most; a \\{ for the mark itself`);
      }
      this.#at += whole.length;
      found.written = most ? `{${from},${to}}` : comma ? `{${from},}` : `{${from}}`;
      found.count = Math.max(to, 1);
    }
    if (found.written) this.#take('?');
    return found;
  }

  #repeats(): boolean {
    return '*+?{'.includes(this.#peek() || ' ');
  }

  #peek(): string {
    return this.#text[this.#at] ?? '';
  }

  #next(): string {
    return this.#text[this.#at++] ?? '';
  }

  #take(mark: string): boolean {
    if (this.#peek() !== mark) return false;
    this.#at++;
    return true;
  }
}

/** A character that is nothing but itself, in and out of brackets. */
function literal(mark: string): string {
  return /[\\^$.|?*+()[\]{}\-:=]/.test(mark) ? `\\${mark}` : mark;
}

/**
 * The characters that one stands for: where case doesn't count, its other cases too. Postgres knows those of ASCII in any
 * locale and others only in some, so they are told.
 */
function marksOf(mark: string, folded: boolean): string[] {
  const cases = folded && mark > '\x7f' ? [mark, mark.toLowerCase(), mark.toUpperCase()] : [mark];
  return [...new Set(cases)].filter((one) => [...one].length === 1).map(literal);
}

const either = (marks: string[]): string => (marks.length === 1 ? (marks[0] ?? '') : `[${marks.join('')}]`);
