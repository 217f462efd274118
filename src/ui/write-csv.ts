import type { ExportTable, TableCell } from './export-table.ts';

/** How spreadsheets of a language split columns and write fractions. */
export interface CsvDialect {
  readonly separator: ',' | ';' | '\t';
  readonly decimal: '.' | ',';
}

/** Where a fraction is written with a comma, spreadsheets expect semicolons between columns. */
export function dialectOf(language: string): CsvDialect {
  const decimal = new Intl.NumberFormat(language).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value;
  return decimal === ',' ? { separator: ';', decimal } : { separator: ',', decimal: '.' };
}

/** Excel takes a file for UTF-8 only with this mark before it. */
const byteOrderMark = '\uFEFF';

/** RFC 4180: lines end in CR LF, quotes are doubled. With a byte order mark, and safe to open in a spreadsheet. */
export function writeCsv({ columns, rows }: Pick<ExportTable, 'columns' | 'rows'>, dialect: CsvDialect): string {
  const lines = [columns.map(({ title }) => title), ...rows].map((row) =>
    row.map((cell) => writeCell(cell, dialect)).join(dialect.separator),
  );
  return `${byteOrderMark}${lines.join('\r\n')}\r\n`;
}

/** Spreadsheets run what begins so (OWASP, CSV injection), in full width, too. */
const formulaStart = /^[\s\u00A0]*[=+\-@＝＋－＠]|^[\t\r\n]/;
const plainNumber = /^[+-]?\d+(?:[.,]\d+)?$/;

function writeCell(cell: TableCell, { decimal }: CsvDialect): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return quote(String(cell).replace('.', decimal));
  const inert = formulaStart.test(cell) && !plainNumber.test(cell) ? `'${cell}` : cell;
  return quote(inert);
}

/** Quotes for every separator there is: one that a spreadsheet takes for its own must not begin a cell inside of ours. */
function quote(text: string): string {
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
