import type { Student } from '#contract/exams.ts';
import { fitsSheetCode } from '#contract/sheet-code.ts';
import type { LaidOutPage, PrintedItem, SheetPlan } from '#contract/sheets.ts';
import { drawCode } from './draw-code.ts';
import { baselineFor } from './sketch.ts';

const nameTextMm = 4.6;
const digitTextMm = 5;

/**
 * What is printed on a page beside what all sheets share: the code, and whose it is. Bubbles of the number stay empty: the
 * code says it, and a filled bubble could not be taken back.
 */
export function printIdentity(plan: SheetPlan, page: LaidOutPage, student: Student | undefined): PrintedItem[] {
  const identity = { exam: plan.examCode, version: plan.version, page: page.page };
  if (student === undefined) return [drawCode(identity, page.code)];
  const { number } = student;
  const code = drawCode(fitsSheetCode(number) ? { ...identity, student: number } : identity, page.code);
  const digits = page.boxes.filter(({ kind }) => kind === 'digit');
  const signs = Array.from(number);
  const isInBoxes = signs.length > 0 && signs.length <= digits.length;
  const name = [student.lastName, student.firstName].filter((part) => part !== '').join(', ');
  const line = [name, ...(isInBoxes || number === '' ? [] : [number])].filter((part) => part !== '').join(' · ');
  const items: PrintedItem[] = [code];
  const write = (text: string, kind: 'name' | 'section') => {
    const box = page.boxes.find((candidate) => candidate.kind === kind);
    if (box === undefined || text === '') return box !== undefined;
    const at = { x: box.left + 1.8, y: box.top + box.height - 2.4 };
    items.push(textAt(text, at, nameTextMm, box.width - 3.6));
    return true;
  };
  write(student.section, 'section');
  if (!write(line, 'name')) {
    // A sheet without a box for the name still has to reach its student: at the foot, between the marks.
    const { width, height } = page.design.size;
    items.push({ ...textAt(line, { x: width / 2, y: height - 12 }, 3.6, width - 50), align: 'center' });
  }
  if (isInBoxes)
    signs.forEach((sign, at) => {
      const box = digits[at];
      if (box === undefined) return;
      const middle = { x: box.left + box.width / 2, y: baselineFor(box.top + box.height / 2, digitTextMm) };
      items.push({ ...textAt(sign, middle, digitTextMm, box.width), align: 'center' });
    });
  return items;
}

function textAt(text: string, at: { x: number; y: number }, heightMm: number, mostWidthMm: number) {
  return { kind: 'text', text, at, align: 'left', heightMm, bold: false, grey: 0, mostWidthMm } as const;
}
