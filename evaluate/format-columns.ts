/**
 * Rows as lines of a plain-text table: the first column flush left, the others flush right.
 *
 * @param rows cells, the heading first; a last column without a heading holds words and is flush left too
 */
export function formatColumns(rows: readonly (readonly string[])[]): string[] {
  const heading = rows[0] ?? [];
  const widths = heading.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const last = widths.length - 1;
  const isWords = (column: number) => column === 0 || (column === last && heading[last] === '');
  return rows.map((row) =>
    widths
      .map((width, column) => (row[column] ?? '')[isWords(column) ? 'padEnd' : 'padStart'](width))
      .join('  ')
      .trimEnd(),
  );
}
