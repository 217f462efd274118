/** The pages that a photo of an exam's sheets may show. */
import type { ReadablePage, SheetWords } from '#contract/sheets.ts';
import type { Engine } from '#src/engine/engine.ts';
import type { ExamRecord } from '#src/store/records.ts';
import { planSheets } from './plan-sheets.ts';

/** Where bubbles lie does not depend on the words beside them. */
const anyWords: SheetWords = {
  name: '-',
  section: '-',
  studentNumber: '-',
  version: '-',
  page: '-',
  howToMark: '-',
  trueSign: 'T',
  falseSign: 'F',
  points: '-',
  forTeacher: '-',
};

/** Finds them once for each design of an exam: a class's sheets come one after the other. */
export function createPageFinder(engine: Engine): (record: ExamRecord) => Promise<readonly ReadablePage[]> {
  let last: { readonly key: string; readonly pages: Promise<readonly ReadablePage[]> } | undefined;

  async function layOut({ exam, code }: ExamRecord): Promise<readonly ReadablePage[]> {
    const { sheets } = await engine.run('answer-sheets.lay-out', { plans: planSheets(exam, code, anyWords) });
    return sheets.flat().map(({ pages: _pages, printed: _printed, ...readable }) => readable);
  }

  return async (record) => {
    if (record.design !== undefined) return [{ version: 'A', page: 1, design: record.design, boxes: [] }];
    const key = JSON.stringify([record.code, record.exam]);
    if (last?.key !== key) last = { key, pages: layOut(record) };
    const { pages } = last;
    try {
      return await pages;
    } catch (error) {
      // Not remembered: the next sheet tries anew.
      if (last?.pages === pages) last = undefined;
      throw error;
    }
  };
}
