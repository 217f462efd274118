import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { ExportTable } from '#src/ui/export-table.ts';
import { writeWorkbook } from './write-workbook.ts';

const table: ExportTable = {
  name: 'Marks: 8/Rizal',
  columns: [
    { title: 'Name', width: 30 },
    { title: 'Number', width: 12 },
    { title: 'Points', width: 8 },
  ],
  rows: [
    ['=HYPERLINK("http://x","y")', '0012', 17.5],
    ['Peña & <Söhne>\u0007', '-3', -0.25],
    ['@SUM(A1)', undefined, undefined],
  ],
};

async function unpack(tables: readonly ExportTable[]): Promise<ReadonlyMap<string, string>> {
  const bytes = new Uint8Array(await (await writeWorkbook(tables)).arrayBuffer());
  return new Map(Object.entries(unzipSync(bytes)).map(([path, content]) => [path, strFromU8(content)]));
}

/** The cells of a sheet as a spreadsheet reads them: strings looked up, numbers as numbers. */
function readCells(files: ReadonlyMap<string, string>, sheet: number): Record<string, string | number> {
  const shared = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(([, item = '']) =>
    item
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&'),
  );
  const cells: Record<string, string | number> = {};
  const xml = files.get(`xl/worksheets/sheet${sheet}.xml`) ?? '';
  for (const [, attributes = '', value = ''] of xml.matchAll(/<c ([^>]*)><v>(.*?)<\/v><\/c>/gs)) {
    const at = /r="([A-Z]+\d+)"/.exec(attributes)?.[1] ?? '';
    cells[at] = attributes.includes('t="s"') ? (shared[Number(value)] ?? '?') : Number(value);
  }
  return cells;
}

describe('writeWorkbook', () => {
  it('writes strings as strings and numbers as numbers', async () => {
    const cells = readCells(await unpack([table]), 1);
    expect(cells).toMatchObject({ A1: 'Name', B1: 'Number', C1: 'Points', B2: '0012', C2: 17.5, B3: '-3', C3: -0.25 });
  });

  it('has no formula, whatever a string begins with', async () => {
    const files = await unpack([table]);
    expect(files.get('xl/worksheets/sheet1.xml')).not.toContain('<f');
    expect(readCells(files, 1)).toMatchObject({ A2: '=HYPERLINK("http://x","y")', A4: '@SUM(A1)' });
  });

  it('escapes what XML has signs for and drops what it cannot write', async () => {
    expect(readCells(await unpack([table]), 1)['A3']).toBe('Peña & <Söhne>');
  });

  it('keeps the titles in sight and gives each table a sheet with a name that Excel takes', async () => {
    const files = await unpack([table, { ...table, name: 'Answers' }]);
    expect(files.get('xl/worksheets/sheet1.xml')).toMatch(/<pane[^>]*ySplit="1"[^>]*state="frozen"/);
    const names = [...(files.get('xl/workbook.xml') ?? '').matchAll(/<sheet [^>]*name="([^"]*)"/g)];
    expect(names.map(([, name]) => name)).toEqual(['Marks  8 Rizal', 'Answers']);
  });
});
