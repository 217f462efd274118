import type { VersionLetter } from '#contract/exams.ts';
import type { SheetPlan } from '#contract/sheets.ts';

/** A sheet of so many questions with five options each, and bubbles for a number of three digits. */
export function planSheet(version: VersionLetter, questions: number, examCode = 'PAPE0001'): SheetPlan {
  return {
    examCode,
    title: 'Rivers and seas',
    subject: 'Geography',
    date: '2026-11-27',
    className: '7 Narra',
    version,
    namesVersion: true,
    look: {
      paper: 'a4',
      columns: 'auto',
      optionSigns: 'letters',
      studentNumber: { form: 'bubbles', digits: 3 },
      nameBox: true,
      sectionBox: false,
    },
    questions: Array.from({ length: questions }, (_, at) => ({
      id: `q${at + 1}`,
      label: String(at + 1),
      form: { kind: 'single', options: 5 },
      points: 1,
    })),
    words: {
      name: 'Name',
      section: 'Section',
      studentNumber: 'Number',
      version: 'Version',
      page: 'Page',
      howToMark: 'Fill one bubble in each row.',
      trueSign: 'T',
      falseSign: 'F',
      points: 'points',
      forTeacher: 'For the teacher',
    },
  };
}
