import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { LaidOutPage, SheetPlan, SheetWords } from '#contract/sheets.ts';
import { engine } from '#src/engine/engine.ts';
import type { ExamRecord } from '#src/store/records.ts';
import { planSheets } from './plan-sheets.ts';

function sheetWords(t: TFunction): SheetWords {
  return {
    name: t('exams.sheet.name'),
    section: t('exams.sheet.section'),
    studentNumber: t('exams.sheet.studentNumber'),
    version: t('exams.sheet.version'),
    page: t('exams.sheet.page'),
    howToMark: t('exams.sheet.howToMark'),
    trueSign: t('exams.sheet.trueSign'),
    falseSign: t('exams.sheet.falseSign'),
    points: t('exams.sheet.points'),
    forTeacher: t('exams.sheet.forTeacher'),
  };
}

/** Plans of an exam's sheets in the reader's language. */
export function usePlans({ exam, code }: ExamRecord): readonly SheetPlan[] {
  const { t } = useTranslation();
  return planSheets(exam, code, sheetWords(t));
}

export function useLaidOutExam(record: ExamRecord): readonly LaidOutPage[] | undefined {
  const plans = usePlans(record);
  const [pages, setPages] = useState<readonly LaidOutPage[]>();
  const key = JSON.stringify(plans);
  const isOwn = record.exam.origin === 'own';
  useEffect(() => {
    if (!isOwn) return undefined;
    let isWanted = true;
    // Not stopped: it takes milliseconds, and stopping it would end its worker.
    engine
      .run('answer-sheets.lay-out', { plans: JSON.parse(key) })
      .then(({ sheets }) => isWanted && setPages(sheets.flat()))
      .catch((cause: unknown) => console.error(cause));
    return () => {
      isWanted = false;
    };
  }, [key, isOwn]);
  return pages;
}
