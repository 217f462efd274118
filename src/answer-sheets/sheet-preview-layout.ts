import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { LaidOutPage, SheetPlan, SheetWords } from '#contract/sheets.ts';
import { engine } from '#src/engine/engine.ts';
import type { ExamRecord } from '#src/store/records.ts';
import { useExamDate } from './exam-title.ts';
import { hasWrittenBoxes, planSheets } from './plan-sheets.ts';

function sheetWords(t: TFunction, isWritten: boolean): SheetWords {
  return {
    name: t('exams.sheet.name'),
    section: t('exams.sheet.section'),
    studentNumber: t('exams.sheet.studentNumber'),
    version: t('exams.sheet.version'),
    page: t('exams.sheet.page'),
    howToMark: t(isWritten ? 'exams.sheet.howToMarkAndWrite' : 'exams.sheet.howToMark'),
    trueSign: t('exams.sheet.trueSign'),
    falseSign: t('exams.sheet.falseSign'),
    points: t('exams.sheet.points'),
    forTeacher: t('exams.sheet.forTeacher'),
  };
}

/** Plans of an exam's sheets in the reader's language, versions in their order. */
export function useSheetPlans({ exam, code }: ExamRecord): readonly SheetPlan[] {
  const { t } = useTranslation();
  const sayDate = useExamDate();
  return planSheets({ ...exam, date: sayDate(exam.date) }, code, sheetWords(t, hasWrittenBoxes(exam)));
}

export interface LaidOutSheets {
  /** Of all versions; those of the design before while a new one is laid out, undefined before the first. */
  readonly pages: readonly LaidOutPage[] | undefined;
  readonly hasFailed: boolean;
}

const nothingYet: LaidOutSheets = { pages: undefined, hasFailed: false };

/** From one step to the next the page stays what it was, and is there at once. */
let last: { readonly design: string; readonly sheets: LaidOutSheets } | undefined;

/** Not to be stopped: it takes milliseconds, and stopping it would end its worker. */
async function layOut(plans: readonly SheetPlan[]): Promise<LaidOutSheets> {
  const laidOut = await engine.run('answer-sheets.lay-out', { plans });
  const sheets = { pages: laidOut.sheets.flat(), hasFailed: false };
  last = { design: JSON.stringify(plans), sheets };
  return sheets;
}

/** The pages as they are printed. They follow the exam; sheets of others have none. */
export function useLaidOutSheets(record: ExamRecord): LaidOutSheets {
  const newest = useSheetPlans(record);
  const [plans, setPlans] = useState(newest);
  const [sheets, setSheets] = useState(() => (last?.design === JSON.stringify(newest) ? last.sheets : nothingYet));
  const isOwn = record.exam.origin === 'own';
  // The store gives new objects with every change; only what is printed counts, and a typed key is not.
  if (JSON.stringify(plans) !== JSON.stringify(newest)) setPlans(newest);

  useEffect(() => {
    if (!isOwn) return undefined;
    let isWanted = true;
    layOut(plans).then(
      (laidOut) => isWanted && setSheets(laidOut),
      (cause: unknown) => {
        console.error(cause);
        if (isWanted) setSheets(({ pages }) => ({ pages, hasFailed: true }));
      },
    );
    return () => {
      isWanted = false;
    };
  }, [plans, isOwn]);
  return sheets;
}
