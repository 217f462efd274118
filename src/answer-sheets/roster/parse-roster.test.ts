import { describe, expect, test } from 'vitest';

import type { RosterMapping } from './guess-columns.ts';
import { type ParsedRoster, findRosterProblems, parseRoster, toRoster } from './parse-roster.ts';

const studentsOf = (parsed: ParsedRoster, mapping: RosterMapping = parsed.guess) =>
  toRoster(parsed, mapping).students.map(({ number, lastName, firstName, section }) =>
    [number, lastName, firstName, section].join('|'),
  );

const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, order: 'le' | 'be', hasMark: boolean): Uint8Array {
  const marked = hasMark ? `\uFEFF${text}` : text;
  const bytes = new Uint8Array(marked.length * 2);
  const view = new DataView(bytes.buffer);
  Array.from(marked, (sign, at) => view.setUint16(at * 2, sign.charCodeAt(0), order === 'le'));
  return bytes;
}

describe('a file', () => {
  const text = 'LRN,Last Name,First Name,Section\n001,Peña,Ana,7 Rizal\n002,Cruz,José,7 Rizal\n';
  const windows = Uint8Array.from(text, (sign) => sign.charCodeAt(0));

  test.each([
    ['utf-8', utf8(text)],
    ['utf-8', utf8(`\uFEFF${text}`)],
    ['utf-16le', utf16(text, 'le', true)],
    ['utf-16be', utf16(text, 'be', true)],
    ['utf-16le', utf16(text, 'le', false)],
    ['utf-16be', utf16(text, 'be', false)],
    ['windows-1252', windows],
  ])('in %s', (encoding, bytes) => {
    const parsed = parseRoster(bytes);
    expect(parsed.encoding).toBe(encoding);
    expect(parsed.columns).toEqual(['LRN', 'Last Name', 'First Name', 'Section']);
    expect(studentsOf(parsed)).toEqual(['001|Peña|Ana|7 Rizal', '002|Cruz|José|7 Rizal']);
  });

  test.each([',', ';', '\t', '|'] as const)('with %j between its cells', (separator) => {
    const parsed = parseRoster(
      ['Student ID,Name,Class', '01,"Cruz, Ana",7A', '02,"Reyes, Ben",7A']
        .join('\r\n')
        .replaceAll(/"[^"]*"|,/g, (part) => (part === ',' ? separator : part)),
    );
    expect(parsed.separator).toBe(separator);
    expect(studentsOf(parsed)).toEqual(['01|Cruz|Ana|7A', '02|Reyes|Ben|7A']);
  });

  test('whose first line names its separator, as Excel reads it', () => {
    const parsed = parseRoster('sep=;\r\nNo;Name\r\n1;"Cruz, Ana"\r\n;Reyes\r\n');
    expect(studentsOf(parsed)).toEqual(['1|Cruz|Ana|', '|Reyes||']);
    expect(parsed.problems).toEqual([{ kind: 'number-missing', line: 4 }]);
  });

  test('with nothing in it', () => {
    expect(parseRoster('\n\n')).toMatchObject({ columns: [], rows: [], guess: {}, problems: [] });
    expect(parseRoster(new Uint8Array())).toMatchObject({ rows: [] });
  });
});

describe('headings', () => {
  test.each<[string, RosterMapping]>([
    ['LRN,Apelyido,Pangalan,Gitnang Pangalan,Pangkat', { number: 0, lastName: 1, firstName: 2, section: 4 }],
    ['Blg.,LRN,Pangalan,Seksyon', { number: 1, fullName: 2, section: 3 }],
    ['No.,NAME (Last Name; First Name),LRN', { number: 2, fullName: 1 }],
    ['Student,Student ID,Section', { fullName: 0, number: 1, section: 2 }],
    ['Surname,Forename,UPN,Tutor Group', { lastName: 0, firstName: 1, number: 2, section: 3 }],
    ["Learner's Name,#", { fullName: 0, number: 1 }],
    ['First,Last,ID', { firstName: 0, lastName: 1, number: 2 }],
    ['Grade & Section,Student No.,Student Name', { section: 0, number: 1, fullName: 2 }],
  ])('%s', (line, guess) => {
    expect(parseRoster(`${line}\n1,2,3,4,5`).guess).toEqual(guess);
  });

  test('stand below the titles of a school form', () => {
    const parsed = parseRoster(
      ['School Form 1,,', 'Division of Iloilo,,', '', 'LRN,NAME,SECTION', '117,"CRUZ,ANA,REYES",Rizal'].join('\n'),
    );
    expect(studentsOf(parsed)).toEqual(['117|CRUZ|ANA REYES|Rizal']);
    expect(parsed.lines).toEqual([5]);
  });
});

describe('a list without headings', () => {
  test('with number, names and a section that is shared', () => {
    const parsed = parseRoster(
      ['1,1001,Cruz,Ana,Rizal', '2,1002,Reyes,Ben,Rizal', '3,1003,Santos,Carla,Rizal', '4,1004,Tan,Dan,Rizal'].join(
        '\n',
      ),
    );
    expect(parsed.columns).toEqual(['', '', '', '', '']);
    expect(parsed.guess).toEqual({ number: 1, lastName: 2, firstName: 3, section: 4 });
  });

  test('of names alone is one column, whatever the commas say', () => {
    const parsed = parseRoster('Cruz, Ana\nDela Cruz, Jr., Ben\nSantos, Carla M.\n');
    expect(studentsOf(parsed)).toEqual(['|Cruz|Ana|', '|Dela Cruz Jr.|Ben|', '|Santos|Carla M.|']);
    expect(parsed.problems.map(({ kind }) => kind)).toEqual(['number-missing', 'number-missing', 'number-missing']);
  });

  test('that is copied from a spreadsheet', () => {
    const parsed = parseRoster('007\tDela Cruz, Juan\n008\tReyes, Ben');
    expect(parsed).toMatchObject({ separator: '\t', encoding: undefined });
    expect(studentsOf(parsed)).toEqual(['007|Dela Cruz|Juan|', '008|Reyes|Ben|']);
  });
});

describe('what a teacher should look at', () => {
  test('is named by its line', () => {
    const parsed = parseRoster(
      [
        'Number,Name',
        '12,"Cruz, Ana"',
        '',
        '12,Ben Reyes',
        ',Carla Tan',
        '1.36725E+11,Dan Uy',
        '15,',
        `${'9'.repeat(21)},Eva Yu`,
      ].join('\n'),
    );
    expect(parsed.problems).toEqual([
      { kind: 'number-twice', line: 4, number: '12', firstLine: 2 },
      { kind: 'number-missing', line: 5 },
      { kind: 'number-rounded', line: 6, number: '1.36725E+11' },
      { kind: 'name-missing', line: 7 },
      { kind: 'number-too-long', line: 8, number: '9'.repeat(21) },
    ]);
  });

  test('counts the lines of quoted cells', () => {
    expect(parseRoster('Number,Name\n1,"Cruz,\nAna"\n,Ben').problems).toEqual([{ kind: 'number-missing', line: 4 }]);
  });

  test('follows the columns as they are chosen', () => {
    const parsed = parseRoster('a,b\nx,2\nx,3');
    expect(findRosterProblems(parsed, { number: 0, fullName: 1 })).toMatchObject([
      { kind: 'number-twice', line: 3, firstLine: 2 },
    ]);
    expect(findRosterProblems(parsed, { number: 1, fullName: 0 })).toEqual([]);
  });

  test('is that a list is too long for one', () => {
    const rows = Array.from({ length: 5002 }, (_, at) => `${at + 1},Student ${at}`);
    const parsed = parseRoster(['Number,Name', ...rows].join('\n'));
    expect(parsed.problems).toEqual([{ kind: 'too-many', line: 5002 }]);
    expect(toRoster(parsed, parsed.guess).students).toHaveLength(5000);
  });
});

test('numbers keep their zeros, however the spreadsheet has kept them', () => {
  const parsed = parseRoster(`Number,Name\n'0012,A B\n"=""0013""",C D\n14.0,E F`);
  expect(studentsOf(parsed)).toEqual(['0012|B|A|', '0013|D|C|', '14|F|E|']);
});
