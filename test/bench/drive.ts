import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Order, Word, Yield } from './load.ts';

/** Has the load generator carry out an order; `hear` is told when measuring begins and ends. */
export function drive(order: Order, hear: (word: Word) => void = () => undefined): Promise<Yield> {
  const child = fork(join(import.meta.dirname, 'load.ts'), { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    let result: Yield | undefined;
    child.on('message', (word: Word) => {
      if (word.type === 'done') result = word.result;
      else hear(word);
    });
    child.once('error', reject);
    child.once('exit', () => (result ? resolve(result) : reject(new Error('The load generator ended early.'))));
    child.send(order);
  });
}

/** Rows as a table of text, the first one its head. */
export function table(rows: (string | number)[][]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => String(row[i] ?? '').length)));
  const line = (row: (string | number)[]) =>
    `| ${row.map((cell, i) => (i ? String(cell).padStart(widths[i] ?? 0) : String(cell).padEnd(widths[i] ?? 0))).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [
    line(head),
    `|${widths.map((width, i) => (i ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`,
    ...body.map(line),
  ].join('\n');
}
