import { expect, test } from 'vitest';

import type { JobInput, JobOutput } from '#contract/jobs.ts';
import type { SheetDesign } from '#contract/sheets.ts';
import { FakeEngine, failing } from '#src/engine/testing/fake-engine.ts';
import type { ExamRecord } from '#src/store/records.ts';
import { createPageFinder } from './find-readable-pages.ts';
import { makeExam } from './testing/make-exam.ts';

const design: SheetDesign = {
  name: '',
  unit: 'mm',
  size: { width: 210, height: 297 },
  location: { by: 'page-outline' },
  blocks: [],
  customLabels: [],
  outputColumns: [],
};

function layOut({ plans }: JobInput<'answer-sheets.lay-out'>): JobOutput<'answer-sheets.lay-out'> {
  const code = { left: 1, top: 2, width: 3, height: 4 };
  return {
    sheets: plans.map(({ version }) => [
      { version, page: 1, pages: 2, design, printed: [], code, boxes: [] },
      { version, page: 2, pages: 2, design, printed: [], code, boxes: [] },
    ]),
  };
}

function recordOf(change: Partial<ExamRecord> = {}): ExamRecord {
  const exam = makeExam();
  return {
    id: 'exam',
    code: 'ABCD1234',
    exam: { ...exam, versions: exam.versions.flatMap((each) => [each, { ...each, letter: 'B' as const }]) },
    keptPhotos: 'as-taken',
    createdAt: 1,
    updatedAt: 1,
    ...change,
  };
}

test('pages of every version, found once while the exam stays as it is', async () => {
  const engine = new FakeEngine({ 'answer-sheets.lay-out': layOut });
  const find = createPageFinder(engine);
  const [pages] = await Promise.all([find(recordOf()), find(recordOf({ updatedAt: 2 }))]);
  expect(pages.map(({ version, page }) => `${version}${page}`)).toEqual(['A1', 'A2', 'B1', 'B2']);
  expect(engine.started).toHaveLength(1);
  const other = recordOf();
  await find({ ...other, exam: { ...other.exam, questions: other.exam.questions.slice(1) } });
  expect(engine.started).toHaveLength(2);
});

test('a sheet of others is the one page, without a code', async () => {
  const find = createPageFinder(new FakeEngine({}));
  expect(await find(recordOf({ design }))).toEqual([{ version: 'A', page: 1, design, boxes: [] }]);
});

test('a failure is not remembered', async () => {
  const find = createPageFinder(new FakeEngine({ 'answer-sheets.lay-out': failing(1, 'worker-lost', layOut) }));
  await expect(find(recordOf())).rejects.toMatchObject({ failure: { code: 'worker-lost' } });
  expect(await find(recordOf())).toHaveLength(4);
});
