import writeXlsxFile, { type Row, type Sheet } from 'write-excel-file/universal';
import type { ExportTable, TableCell } from '#src/ui/export-table.ts';

/**
 * A workbook with a sheet a table. Each cell says its type, so that no string is ever a formula and a student number keeps its
 * zeros. The titles stay in sight.
 */
export async function writeWorkbook(tables: readonly ExportTable[]): Promise<Blob> {
  const sheets: Sheet<Blob>[] = tables.map(({ name, columns, rows }) => ({
    sheet: nameSheet(name),
    stickyRowsCount: 1,
    columns: columns.map(({ width }) => ({ width })),
    data: [
      columns.map(({ title }) => ({ value: title, type: String, fontWeight: 'bold' as const, wrap: true })),
      ...rows.map((row): Row => row.map((cell) => writeCell(cell))),
    ],
  }));
  return writeXlsxFile(sheets).toBlob();
}

/** Characters that XML 1.0 has no way to write. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

function writeCell(cell: TableCell): Row[number] {
  if (cell === undefined || cell === '') return null;
  if (typeof cell === 'number') return { value: cell, type: Number };
  return { value: cell.replace(unwritable, ''), type: String };
}

/** Excel takes names of at most 31 signs, without these (ECMA-376 says nothing, Excel refuses the file). */
function nameSheet(name: string): string {
  return name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31);
}
