/** For tests: records of sheets as if they had been read, and the record of their exam. */
import { boxLabels } from '#contract/exam-fields.ts';
import type { Exam, Question, QuestionForm, Roster } from '#contract/exams.ts';
import { photoPoint, wholePhoto } from '#contract/images.ts';
import type { FieldReading } from '#contract/sheets.ts';
import type { ExamRecord, SheetRecord } from '#src/store/records.ts';

export function makeQuestion(id: string, form: QuestionForm, change: Partial<Question> = {}): Question {
  return { id, label: id, form, points: 1, standing: 'counts', section: '', tags: [], ...change };
}

export function makeExamRecord(exam: Exam): ExamRecord {
  return { id: 'exam', code: 'ABCDEFGH', exam, keptPhotos: 'as-taken', createdAt: 0, updatedAt: 0 };
}

export function makeRoster(...numbers: readonly string[]): Roster {
  return {
    name: '7 Rizal',
    students: numbers.map((number, at) => ({
      id: `student-${at + 1}`,
      number,
      lastName: `Last ${at + 1}`,
      firstName: 'First',
      section: '',
    })),
  };
}

interface SheetMarks {
  /** Student number as marked: a blank for an unmarked place, `?` for a doubtful one. */
  readonly number?: string;
  /** Values by field; a `?` behind a value makes it doubtful. */
  readonly marks?: Readonly<Record<string, string>>;
  readonly confidence?: number;
}

/** A sheet of version A, page 1, that came as the `at`-th. */
export function makeSheetRecord(at: number, marked: SheetMarks = {}, change: Partial<SheetRecord> = {}): SheetRecord {
  const { number = '', marks = {}, confidence = 0.5 } = marked;
  const photoSize = { width: 3000, height: 4000 };
  const digits = Array.from(number, (digit, place) => [`number.${place + 1}`, digit.trim()] as const);
  return {
    id: `sheet-${at}`,
    examId: 'exam',
    state: 'read',
    queuePosition: at,
    revision: 0,
    attempts: 1,
    fileName: '',
    photoKind: 'jpeg',
    photoSize,
    identity: { exam: 'ABCDEFGH', version: 'A', page: 1 },
    readAs: { version: 'A', page: 1 },
    reading: {
      found: true,
      corners: wholePhoto(photoSize),
      blocks: [],
      fields: [...digits, ...Object.entries(marks)].map(([label, value]) => makeField(label, value, confidence)),
      columns: [],
      flagged: [],
      version: 1,
    },
    corrections: {},
    pointsByHand: {},
    isSetAside: false,
    bytes: 0,
    createdAt: at,
    ...change,
  };
}

function makeField(label: string, marked: string, confidence: number): FieldReading {
  const isDoubtful = marked.endsWith('?');
  const value = isDoubtful ? marked.slice(0, -1) : marked;
  const values = /^\d*$/.test(value) ? '0123456789' : value === '-' ? '-' : 'ABCDEFGHIJ';
  return {
    label,
    value,
    state: isDoubtful ? 'doubtful' : value === '' ? 'blank' : value.length > 1 ? 'multiple' : 'marked',
    confidence: isDoubtful ? confidence : 0.999,
    bubbles: Array.from(values, (each) => ({
      value: each,
      ink: value.includes(each) ? 1 : 0,
      marked: value.includes(each),
      center: photoPoint(0, 0),
    })),
  };
}

interface WrittenMarks {
  /**
   * One character a box: a letter or digit for one that is sure, a blank for an empty box, `_` for one that was not read, and
   * `(7:0.6,1:0.3)` for one that is doubtful, with chances; `!` behind a chance makes it sure.
   */
  readonly number?: string;
  readonly name?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** The reading of a sheet with these boxes, and the number that is marked beside them. */
export function makeWritten(
  { number = '', name = '', fields = {} }: WrittenMarks,
  marked = '',
): Pick<SheetRecord, 'reading'> {
  const { reading } = makeSheetRecord(1, { number: marked });
  if (reading?.found !== true) throw new Error('A sheet that was made has been read');
  const rows = [...numbered(boxLabels.number, number), ...numbered(boxLabels.name, name), ...Object.entries(fields)];
  return {
    reading: {
      ...reading,
      fields: [...reading.fields, ...rows.map(([label, what]) => makeBox(label, what))],
    },
  };
}

function numbered(prefix: string, text: string): readonly (readonly [string, string])[] {
  return (text.match(/\([^)]*\)|./g) ?? []).map((what, at) => [`${prefix}${at + 1}`, what] as const);
}

function makeBox(label: string, what: string): FieldReading {
  const corners = wholePhoto({ width: 40, height: 50 });
  const base = { label, bubbles: [], confidence: 1 };
  if (what === ' ')
    return { ...base, value: '', state: 'blank', written: { state: 'blank', corners, alternatives: [] } };
  if (what === '_')
    return { ...base, value: '', state: 'doubtful', written: { state: 'unread', corners, alternatives: [] } };
  const isSure = what.length === 1 || what.includes('!');
  const chances =
    what.length === 1
      ? [[what, 0.9995] as const]
      : what
          .slice(1, -1)
          .split(',')
          .map((each) => [each.charAt(0), Number(each.slice(2).replace('!', ''))] as const);
  const alphabet = Array.from(/\d/.test(chances[0]?.[0] ?? '') ? '0123456789' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  const said = new Map(chances);
  const left = Math.max(1e-4, 1 - chances.reduce((sum, [, chance]) => sum + chance, 0)) / alphabet.length;
  const alternatives = alphabet
    .map((character) => ({ character, logProbability: Math.log(said.get(character) ?? left) }))
    .toSorted((a, b) => b.logProbability - a.logProbability);
  const [[value, confidence] = ['', 0]] = chances;
  return {
    ...base,
    value,
    confidence,
    state: isSure ? 'marked' : 'doubtful',
    written: { state: isSure ? 'read' : 'doubtful', corners, alternatives },
  };
}
