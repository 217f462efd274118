/** For tests: records of sheets as if they had been read, and the record of their exam. */
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
