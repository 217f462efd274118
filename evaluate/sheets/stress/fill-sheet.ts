import type { CorrectionRule } from '#contract/exams.ts';
import type { SheetBubble } from '#contract/sheets.ts';
import { tracePath, type Canvas } from './print-sheet.ts';
import type { PrintedDesign } from './printed-design.ts';
import type { Random } from './random.ts';

type Habit = 'filled' | 'scribbled' | 'ticked' | 'crossed' | 'crossed out';

/** What a pupil writes with, and how. */
interface Pen {
  readonly name: string;
  readonly grey: readonly [number, number];
  /** Of a stroke, in mm. */
  readonly width: readonly [number, number];
  readonly habits: readonly [Habit, ...Habit[]];
}

const pens: readonly [Pen, ...Pen[]] = [
  { name: 'pencil', grey: [70, 110], width: [0.5, 0.8], habits: ['filled', 'filled', 'filled', 'scribbled'] },
  { name: 'light-pencil', grey: [150, 178], width: [0.5, 0.8], habits: ['filled', 'scribbled'] },
  { name: 'ballpoint', grey: [25, 60], width: [0.35, 0.5], habits: ['filled', 'scribbled', 'ticked', 'crossed'] },
  { name: 'crosses', grey: [25, 80], width: [0.4, 0.6], habits: ['crossed'] },
  { name: 'ticks', grey: [25, 80], width: [0.4, 0.6], habits: ['ticked'] },
  { name: 'felt-pen', grey: [10, 30], width: [1, 1.4], habits: ['filled'] },
];

/** What was meant to be marked, and the pen that did it. */
export interface FilledSheet {
  readonly answers: Readonly<Record<string, string>>;
  readonly pen: string;
  /** `cross-out` where pupils were told to cross out what they filled by mistake. */
  readonly correction: CorrectionRule;
}

/** A sixth of the pupils who fill bubbles cross some out. */
const correctingShare = 1 / 6;

/** Fills a printed sheet as one pupil would: mostly one mark a question, some blank, some of two, some erased or strayed. */
export function fillSheet(canvas: Canvas, printed: PrintedDesign, random: Random): FilledSheet {
  const pen = random.pick(pens);
  // One in twenty hands in nothing.
  const idle = random.chance(0.05);
  const grey = random.between(...pen.grey);
  const corrects = !idle && pen.habits.includes('filled') && random.chance(correctingShare);
  const answers: Record<string, string> = {};
  const mark = (bubble: SheetBubble, habit: Habit) => {
    const darkness = grey + random.between(-12, 12);
    drawMark(canvas, printed, bubble, habit, darkness, random.between(...pen.width), random);
  };
  for (const { fields } of printed.design.blocks) {
    for (const { label, kind, bubbles } of fields) {
      const count = idle ? 0 : marksIn(kind, random);
      const chosen = new Set<SheetBubble>();
      while (chosen.size < Math.min(count, bubbles.length)) {
        const bubble = bubbles[Math.floor(random.next() * bubbles.length)];
        if (bubble !== undefined) chosen.add(bubble);
      }
      let takesBack = corrects && random.chance(0.08);
      for (const bubble of bubbles) {
        if (chosen.has(bubble)) mark(bubble, random.pick(pen.habits));
        else if (takesBack) {
          takesBack = false;
          mark(bubble, 'filled');
          mark(bubble, 'crossed out');
        } else if (!idle && random.chance(0.012)) eraseMark(canvas, printed, bubble, pen.name, random);
      }
      answers[label] = bubbles
        .filter((bubble) => chosen.has(bubble))
        .map(({ value }) => value)
        .join('');
    }
  }
  if (!idle) stray(canvas, printed, grey, random);
  const { customLabels, outputColumns } = printed.design;
  const custom = customLabels.map(({ label, parts }) => [label, parts.map((part) => answers[part] ?? '').join('')]);
  const all: Record<string, string> = { ...answers, ...Object.fromEntries(custom) };
  return {
    answers: Object.fromEntries(outputColumns.map((label) => [label, all[label] ?? ''])),
    pen: pen.name,
    correction: corrects ? 'cross-out' : 'none',
  };
}

function marksIn(kind: string, random: Random): number {
  if (kind === 'digits') return random.chance(0.97) ? 1 : 0;
  if (kind === 'multiple') return random.pick([0, 1, 1, 2, 2, 3]);
  const luck = random.next();
  return luck < 0.04 ? 0 : luck < 0.06 ? 2 : 1;
}

function drawMark(
  canvas: Canvas,
  { shape }: PrintedDesign,
  bubble: SheetBubble,
  habit: Habit,
  grey: number,
  width: number,
  random: Random,
): void {
  const { left, top } = bubble;
  const shade = Math.max(5, Math.min(200, grey));
  canvas.save();
  canvas.strokeStyle = `rgb(${shade} ${shade} ${shade})`;
  canvas.fillStyle = canvas.strokeStyle;
  canvas.lineWidth = width;
  canvas.lineCap = 'round';
  const hasty = habit === 'ticked' || habit === 'crossed' ? 0.35 : 0.2;
  canvas.translate(random.normal() * hasty, random.normal() * hasty);
  const at = (x: number, y: number): [number, number] => [
    left + (x + random.normal() * 0.05) * bubble.width,
    top + (y + random.normal() * 0.05) * bubble.height,
  ];
  if (habit === 'ticked') {
    canvas.beginPath();
    canvas.moveTo(...at(0.12, 0.5));
    canvas.lineTo(...at(0.42, 0.88));
    canvas.lineTo(...at(1.1, -0.1));
    canvas.stroke();
  } else if (habit === 'crossed' || habit === 'crossed out') {
    const over = habit === 'crossed' ? -0.08 : random.between(0.12, 0.3);
    canvas.beginPath();
    canvas.moveTo(...at(-over, -over));
    canvas.lineTo(...at(1 + over, 1 + over));
    canvas.moveTo(...at(1 + over, -over));
    canvas.lineTo(...at(-over, 1 + over));
    canvas.stroke();
  } else {
    tracePath(canvas, shape, bubble, random.between(-0.15, 0.35));
    canvas.clip();
    const lines = habit === 'filled' ? 2.2 : 1.1;
    canvas.globalAlpha = 0.85;
    canvas.beginPath();
    const steps = Math.round((lines * bubble.height) / width) + 2;
    for (let step = 0; step <= steps; step++) {
      const y = top + (step / steps) * bubble.height;
      canvas.lineTo(left + (step % 2 === 0 ? -0.1 : 1.1) * bubble.width, y + random.normal() * 0.15);
    }
    canvas.stroke();
  }
  canvas.restore();
}

/** What an eraser leaves, or that of a pen which cannot be erased: a faint cloud. */
function eraseMark(canvas: Canvas, { shape }: PrintedDesign, bubble: SheetBubble, pen: string, random: Random): void {
  if (!pen.includes('pencil')) return;
  canvas.save();
  canvas.globalAlpha = pen === 'light-pencil' ? random.between(0.01, 0.03) : random.between(0.02, 0.12);
  canvas.fillStyle = 'rgb(60 60 60)';
  tracePath(canvas, shape, bubble, random.between(-0.3, 0.5));
  canvas.fill();
  canvas.restore();
}

/** Specks, and on one sheet of ten a stroke that went astray. */
function stray(canvas: Canvas, { design: { size } }: PrintedDesign, grey: number, random: Random): void {
  canvas.fillStyle = `rgb(${grey} ${grey} ${grey})`;
  for (let count = random.between(0, 12); count > 0; count--) {
    canvas.beginPath();
    canvas.arc(random.between(0, size.width), random.between(0, size.height), random.between(0.1, 0.35), 0, 7);
    canvas.fill();
  }
  if (!random.chance(0.1)) return;
  const x = random.between(0.1, 0.9) * size.width;
  const y = random.between(0.3, 0.9) * size.height;
  canvas.strokeStyle = canvas.fillStyle;
  canvas.lineWidth = random.between(0.3, 0.6);
  canvas.beginPath();
  canvas.moveTo(x, y);
  canvas.lineTo(x + random.normal() * 8, y + random.normal() * 8);
  canvas.stroke();
}
