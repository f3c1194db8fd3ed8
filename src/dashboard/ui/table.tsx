import type { ComponentChildren } from 'preact';

export interface Column<Row> {
  head: ComponentChildren;
  cell: (row: Row) => ComponentChildren;
  /** Numbers stand at the right. */
  numeric?: boolean;
  class?: string;
}

interface Props<Row> {
  /** What the table shows, for screen readers. */
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  key: (row: Row) => string | number;
}

/** A table of rows, scrolled inside itself where it is too wide. */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
}: Omit<Props<Row>, 'key'> & { rowKey: Props<Row>['key'] }) {
  return (
    <div class="table-box">
      <table class="table">
        <caption class="sr">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th key={i} scope="col" class={look(column)}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column, i) => (
                <td key={i} class={look(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function look<Row>({ numeric, class: more }: Column<Row>): string {
  return `${numeric ? 'numeric' : ''} ${more ?? ''}`.trim();
}
