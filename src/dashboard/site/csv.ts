type Cell = string | number | null;

/** Rows as a file that spreadsheets read: https://www.rfc-editor.org/rfc/rfc4180. Pure. */
export function csv(rows: Cell[][]): string {
  return rows.map((row) => `${row.map(written).join()}\r\n`).join('');
}

/**
 * A text that a spreadsheet would take for a formula gets an apostrophe in front: anybody may visit a site with a page's
 * name of their choice. https://owasp.org/www-community/attacks/CSV_Injection
 */
function written(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
