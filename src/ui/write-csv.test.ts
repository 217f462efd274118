import { describe, expect, it } from 'vitest';
import { dialectOf, writeCsv, type CsvDialect } from './write-csv.ts';
import type { TableCell } from './export-table.ts';

const english: CsvDialect = { separator: ',', decimal: '.' };

function linesOf(rows: readonly (readonly TableCell[])[], dialect = english): string[] {
  const csv = writeCsv({ columns: [{ title: 'A', width: 8 }], rows }, dialect);
  return csv.split('\r\n').slice(1, -1);
}

describe('writeCsv', () => {
  it('begins with the byte order mark and ends each line in CR LF', () => {
    const csv = writeCsv({ columns: [{ title: 'Pangalan', width: 9 }], rows: [['Ñ']] }, english);
    expect(csv).toBe('\uFEFFPangalan\r\nÑ\r\n');
    expect([...new TextEncoder().encode(csv)].slice(0, 3)).toEqual([0xef, 0xbb, 0xbf]);
  });

  it('quotes what has separators, quotes or line breaks in it', () => {
    expect(linesOf([['Cruz, Ana', 'say "yes"', 'a;b', 'a\nb']])).toEqual(['"Cruz, Ana","say ""yes""","a;b","a\nb"']);
  });

  it.each([
    '=1+1',
    '+cmd|calc',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '\u00A0=1',
    '＝1+1',
    '-',
    '-AB',
    '=HYPERLINK("http://evil","x")',
  ])('makes %j inert', (text) => {
    const [line = ''] = linesOf([[text]]);
    expect(line.replace(/^"/, '')).toMatch(/^'/);
    expect(line.replaceAll('""', '"')).toContain(text.trimEnd());
  });

  it('leaves numbers as they are, below zero, too', () => {
    expect(linesOf([[-1.25, '-12.5', '+3', '-7', 0, '0012']])).toEqual(['-1.25,-12.5,+3,-7,0,0012']);
  });

  it('hides a separator of another dialect, so that no cell begins inside of one', () => {
    expect(linesOf([['x;=1+1']])).toEqual(['"x;=1+1"']);
    expect(linesOf([['x,=1+1']], { separator: ';', decimal: ',' })).toEqual(['"x,=1+1"']);
  });

  it('writes fractions as the language does', () => {
    expect(linesOf([[1.5, 2]], { separator: ';', decimal: ',' })).toEqual(['"1,5";2']);
  });
});

describe('dialectOf', () => {
  it('takes semicolons where fractions have commas', () => {
    expect(dialectOf('en-PH')).toEqual({ separator: ',', decimal: '.' });
    expect(dialectOf('fil')).toEqual({ separator: ',', decimal: '.' });
    expect(dialectOf('de')).toEqual({ separator: ';', decimal: ',' });
  });
});
