/** For tests: an exam of three questions, and what a reader makes of a photo of its sheet. */
import { plainVersion } from '#contract/exam-fields.ts';
import type { Exam } from '#contract/exams.ts';
import { wholePhoto, photoPoint } from '#contract/images.ts';
import type { FieldReading, SheetPhotoReading } from '#contract/sheets.ts';

export function makeExam(change: Partial<Exam> = {}): Exam {
  const questions = ['1', '2', '3'].map((label) => ({
    id: `q${label}`,
    label,
    form: { kind: 'single', options: 4 } as const,
    points: 1,
    standing: 'counts' as const,
    section: '',
    tags: [],
  }));
  return {
    title: 'Science',
    subject: '',
    date: '2026-11-27',
    className: '7 Rizal',
    origin: 'own',
    look: {
      paper: 'a4',
      columns: 'auto',
      optionSigns: 'letters',
      studentNumber: { form: 'bubbles', digits: 3 },
      nameBox: true,
      sectionBox: false,
    },
    questions,
    sections: [],
    rule: { wrongShare: 0, blankShare: 0, partial: 'none', floorAtZero: false },
    correction: 'none',
    versions: [plainVersion({ questions })],
    shuffledBy: 'papel',
    keys: { A: { q1: { accepted: [{ answer: 'A' }] } } },
    grading: { decimals: 0, scale: 'percent', bands: [], passFrom: 60 },
    ...change,
  };
}

function makeField(label: string, value: string): FieldReading {
  return {
    label,
    value: value === '?' ? '' : value,
    state: value === '?' ? 'doubtful' : value === '' ? 'blank' : 'marked',
    confidence: value === '?' ? 0.5 : 1,
    bubbles: [{ value: 'A', ink: 1, marked: true, center: photoPoint(1000, 2000) }],
  };
}

/** @param answers one character a question: `?` for a doubtful one, ` ` for none; `number` likewise */
export function makeReading(answers: string, number = ''): SheetPhotoReading {
  const photoSize = { width: 3000, height: 4000 };
  return {
    photoSize,
    identity: undefined,
    readAs: { version: 'A', page: 1 },
    reading: {
      found: true,
      corners: wholePhoto(photoSize),
      blocks: [],
      fields: [
        ...Array.from(number, (digit, at) => makeField(`number.${at + 1}`, digit.trim())),
        ...Array.from(answers, (answer, at) => makeField(`q${at + 1}`, answer.trim())),
      ],
      columns: [],
      flagged: [],
      version: 3,
    },
  };
}
