/** Class lists out of CSV files, and out of cells that were copied from a spreadsheet. */
import Papa from 'papaparse';

import type { Roster, Student } from '#contract/exams.ts';
import { newId } from '#src/store/records.ts';
import { type TextEncodingName, decodeText } from './decode-text.ts';
import { type RosterMapping, findHeadings, guessByContent, guessByHeadings } from './guess-columns.ts';
import { splitName } from './split-name.ts';

export type RosterSeparator = ',' | ';' | '\t' | '|';

export interface ParsedRoster {
  /** Headings, empty where there are none; as many as the longest row has cells. */
  readonly columns: readonly string[];
  /** One a student, without headings and empty rows. Cells are trimmed; short rows are short. */
  readonly rows: readonly (readonly string[])[];
  /** Line of each row in the text, from 1. */
  readonly lines: readonly number[];
  readonly guess: RosterMapping;
  /** `undefined` for text that was pasted. */
  readonly encoding: TextEncodingName | undefined;
  readonly separator: RosterSeparator;
  /** With the columns as guessed. */
  readonly problems: readonly RosterProblem[];
}

/**
 * What is wrong with a line. `number-rounded`: a spreadsheet has made 1.36E+11 of a long number, whose digits are lost.
 * `too-many`: from this line on the students do not fit into one list.
 */
export type RosterProblem =
  | { readonly kind: 'number-missing' | 'name-missing' | 'too-many'; readonly line: number }
  | { readonly kind: 'number-rounded' | 'number-too-long'; readonly line: number; readonly number: string }
  | { readonly kind: 'number-twice'; readonly line: number; readonly number: string; readonly firstLine: number };

const mostStudents = 5000;
const mostNumberSigns = 20;
const mostNameLetters = 80;

/** Text may be pasted; a file's bytes are decoded first. */
export function parseRoster(input: Uint8Array | string): ParsedRoster {
  const decoded = typeof input === 'string' ? { text: input, encoding: undefined } : decodeText(input);
  const { text, separator: said } = takeSeparatorLine(decoded.text.replace(/^\uFEFF/, ''));
  const separator = said ?? guessSeparator(text);
  // Names alone, `Cruz, Juan` a line: one column, whatever the commas look like.
  const isListOfNames = separator === ',' && said === undefined && hasOnlyNames(text);
  const { data } = Papa.parse<string[]>(text, { delimiter: isListOfNames ? '\t' : separator });
  const all = withLines(data, said === undefined ? 1 : 2).filter(({ cells }) => cells.some((cell) => cell !== ''));
  const headingsAt = findHeadings(all.map(({ cells }) => cells));
  const body = all.slice(headingsAt + 1);
  const rows = body.map(({ cells }) => cells);
  const width = Math.max(0, ...rows.map((row) => row.length), all[headingsAt]?.cells.length ?? 0);
  const headings = all[headingsAt]?.cells ?? [];
  const guess = headingsAt === -1 ? guessByContent(rows) : guessByHeadings(headings);
  const parsed = {
    columns: Array.from({ length: width }, (_, at) => headings[at] ?? ''),
    rows,
    lines: body.map(({ line }) => line),
    guess,
    encoding: decoded.encoding,
    separator,
  };
  return { ...parsed, problems: findRosterProblems(parsed, guess) };
}

/** What a teacher should look at before the list counts, line by line. */
export function findRosterProblems(
  { rows, lines }: Pick<ParsedRoster, 'rows' | 'lines'>,
  mapping: RosterMapping,
): readonly RosterProblem[] {
  const firstLines = new Map<string, number>();
  return rows.flatMap((row, at): readonly RosterProblem[] => {
    const line = lines[at] ?? 0;
    if (at === mostStudents) return [{ kind: 'too-many', line }];
    if (at > mostStudents) return [];
    const { number, lastName, firstName } = readStudent(row, mapping);
    const problems: RosterProblem[] = [];
    if (lastName === '' && firstName === '') problems.push({ kind: 'name-missing', line });
    const firstLine = firstLines.get(number);
    if (number === '') problems.push({ kind: 'number-missing', line });
    else if (isRounded(number)) problems.push({ kind: 'number-rounded', line, number });
    else if (number.length > mostNumberSigns) problems.push({ kind: 'number-too-long', line, number });
    else if (firstLine !== undefined) problems.push({ kind: 'number-twice', line, number, firstLine });
    else firstLines.set(number, line);
    return problems;
  });
}

/** Everybody on the list, with problems and all: they can be mended by hand. The name of the list is left to the teacher. */
export function toRoster({ rows }: Pick<ParsedRoster, 'rows'>, mapping: RosterMapping, name = ''): Roster {
  const students = rows.slice(0, mostStudents).map((row): Student => {
    const { number, lastName, firstName, section } = readStudent(row, mapping);
    return {
      id: newId(),
      number: number.slice(0, mostNumberSigns),
      lastName: lastName.slice(0, mostNameLetters),
      firstName: firstName.slice(0, mostNameLetters),
      section: section.slice(0, mostNameLetters),
    };
  });
  return { name: name.slice(0, mostNameLetters), students };
}

function readStudent(row: readonly string[], mapping: RosterMapping): Omit<Student, 'id'> {
  const cell = (column: number | undefined) => (column === undefined ? '' : (row[column] ?? ''));
  const full = splitName(cell(mapping.fullName));
  return {
    number: cleanNumber(cell(mapping.number)),
    lastName: mapping.lastName === undefined ? full.lastName : cell(mapping.lastName),
    firstName: mapping.firstName === undefined ? full.firstName : cell(mapping.firstName),
    section: cell(mapping.section),
  };
}

/** Spreadsheets keep leading zeros as `'0012` or `="0012"`, and write whole numbers as 12.0. */
function cleanNumber(cell: string): string {
  return cell
    .replace(/^="(.*)"$/, '$1')
    .replace(/^'/, '')
    .replace(/^(\d+)\.0+$/, '$1')
    .trim();
}

function isRounded(number: string): boolean {
  return /^\d(?:[.,]\d+)?E\+?\d+$/i.test(number);
}

/** Excel's own first line, such as `sep=;`. */
function takeSeparatorLine(text: string): { readonly text: string; readonly separator: RosterSeparator | undefined } {
  const [line = '', sign] = /^sep=([,;|\t])\r?\n/i.exec(text) ?? [];
  const separator = separators.find((each) => each === sign);
  return separator === undefined ? { text, separator } : { text: text.slice(line.length), separator };
}

const separators = ['\t', ';', ',', '|'] as const satisfies readonly RosterSeparator[];

/** The one that parts the most lines into the same number of cells. What is copied from a spreadsheet has tabs. */
function guessSeparator(text: string): RosterSeparator {
  const preview = 50;
  let best: { readonly separator: RosterSeparator; readonly score: number } = { separator: ',', score: 0 };
  for (const separator of separators) {
    const { data } = Papa.parse<string[]>(text, { delimiter: separator, preview, skipEmptyLines: 'greedy' });
    const widths = new Map<number, number>();
    const parted = data.filter(({ length }) => length > 1);
    for (const { length } of parted) widths.set(length, (widths.get(length) ?? 0) + 1);
    // Of two that part as many lines alike, the one that parts more at all.
    const score = Math.max(0, ...widths.values()) + parted.length / (preview + 1);
    // Then the first: a comma may stand inside cells that tabs or semicolons part.
    if (score > best.score) best = { separator, score };
  }
  return best.separator;
}

function hasOnlyNames(text: string): boolean {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const names = lines.filter((line) => /^[^\d,"]*\p{L}[^\d,"]*, [^\d"]*$/u.test(line));
  return lines.length > 0 && names.length / lines.length >= 0.8;
}

interface Line {
  readonly cells: readonly string[];
  readonly line: number;
}

function withLines(data: readonly (readonly string[])[], firstLine: number): readonly Line[] {
  let line = firstLine;
  return data.map((cells) => {
    const from = line;
    // A quoted cell may go over several lines.
    line += 1 + cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
    return { cells: cells.map((cell) => cell.trim().replaceAll(/\s+/g, ' ')), line: from };
  });
}
