import { expect, it } from 'vitest';
import { engine } from './engine.ts';
import { planSheet } from './testing/plan-sheet.ts';

/* Sheets as the app prints them: a real worker that paints what Helvetica cannot write. */

it('prints a sheet for each student, whatever script the name is in', async () => {
  const students = [
    { id: 'a', number: '0001', lastName: 'Dela Cruz', firstName: 'Ana', section: '' },
    { id: 'b', number: '0002', lastName: '王', firstName: '小明', section: '' },
    { id: 'c', number: '0003', lastName: 'Иванова', firstName: 'Мария', section: '' },
  ];
  const print = async (some: typeof students) => {
    const order = {
      plans: [planSheet('A', 20)],
      paper: 'a4',
      students: some,
      title: 'Test',
      createdAt: '2026-11-27',
    } as const;
    return engine.run('answer-sheets.print', { order });
  };
  const { pdf, pages } = await print(students);
  expect(pages).toBe(3);
  expect(pdf.type).toBe('application/pdf');
  expect(await pdf.slice(0, 5).text()).toBe('%PDF-');
  const picturesIn = async (file: Blob) => (await file.text()).match(/\/Subtype\s*\/Image/g)?.length ?? 0;
  expect(await picturesIn(pdf)).toBe(2);
  expect(await picturesIn((await print(students.slice(0, 1))).pdf)).toBe(0);
});
