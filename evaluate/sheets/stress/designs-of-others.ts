import type { Fiducial, SheetBlock, SheetDesign, SheetField, SheetLocation } from '#contract/sheets.ts';
import type { PrintedDesign } from './printed-design.ts';

interface BlockPlan {
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly first: number;
  readonly count: number;
  readonly values: string;
  readonly bubble: readonly [number, number];
  readonly gap: readonly [number, number];
  readonly kind: SheetField['kind'];
}

const a4 = { width: 210, height: 297 };

/** Questions run down and values across; the digits of a number the other way round. */
function blockOf({ name, left, top, first, count, values, bubble, gap, kind }: BlockPlan): SheetBlock {
  const [width, height] = bubble;
  const down = kind === 'digits';
  const fields = Array.from({ length: count }, (_, row): SheetField => ({
    label: `${name}${first + row}`,
    kind,
    emptyValue: '',
    bubbles: Array.from(values, (value, column) => ({
      value,
      left: left + (down ? row : column) * gap[0],
      top: top + (down ? column : row) * gap[1],
      width,
      height,
    })),
  }));
  return { name: `${name}${first}`, fields };
}

function sheetOf(
  name: string,
  location: SheetLocation<string>,
  plans: readonly BlockPlan[],
  size = a4,
): SheetDesign<string> {
  const blocks = plans.map(blockOf);
  const labels = blocks.flatMap(({ fields }) => fields.map(({ label }) => label));
  const parts = labels.filter((label) => label.startsWith('digit'));
  return {
    name,
    unit: 'mm',
    size,
    location,
    blocks,
    customLabels: parts.length > 0 ? [{ label: 'number', parts }] : [],
    outputColumns: [...(parts.length > 0 ? ['number'] : []), ...labels.filter((label) => !parts.includes(label))],
  };
}

function marks(size: { width: number; height: number }, inset: number, width: number): SheetLocation<string> {
  const places = [
    [inset, inset],
    [size.width - inset, inset],
    [size.width - inset, size.height - inset],
    [inset, size.height - inset],
    [inset, size.height / 2],
    [size.width - inset, size.height / 2],
  ] as const;
  return {
    by: 'fiducials',
    fiducials: places.map(([x, y], id): Fiducial<string> => ({ kind: 'aruco', id, x, y, width })),
  };
}

/** Columns of questions side by side. */
function questions(
  columns: number,
  rows: number,
  values: string,
  at: { left: number; top: number; step: number },
  bubble: readonly [number, number],
  gap: readonly [number, number],
  kind: SheetField['kind'] = 'single',
): readonly BlockPlan[] {
  return Array.from({ length: columns }, (_, column) => ({
    name: 'q',
    left: at.left + column * at.step,
    top: at.top,
    first: 1 + column * rows,
    count: rows,
    values,
    bubble,
    gap,
    kind,
  }));
}

const number = (left: number, top: number, count: number, size = 4.6): BlockPlan => ({
  name: 'digit',
  left,
  top,
  first: 1,
  count,
  values: '0123456789',
  bubble: [size, size],
  gap: [size + 1.6, size + 1.4],
  kind: 'digits',
});

const a5 = { width: 148, height: 210 };

/**
 * Sheets as others print them: black letters in the bubbles, in eight kinds of size, shape and weight of their bubbles, how many
 * there are and what tells where they lie.
 */
export const designsOfOthers: readonly PrintedDesign[] = [
  {
    design: sheetOf('sixty', marks(a4, 12, 9), [
      number(140, 30, 8),
      ...questions(3, 20, 'ABCD', { left: 32, top: 110, step: 58 }, [5, 5], [8, 8]),
    ]),
    shape: 'circle',
    print: { grey: 40, letters: true, strokeMm: 0.3 },
  },
  {
    design: sheetOf('hundred', marks(a4, 11, 8), [
      number(30, 28, 6, 4.2),
      ...questions(4, 25, 'ABCDE', { left: 26, top: 100, step: 44 }, [4.2, 4.2], [6.4, 7]),
    ]),
    shape: 'circle',
    print: { grey: 90, letters: true, strokeMm: 0.25 },
  },
  {
    design: sheetOf(
      'small-card',
      marks(a5, 10, 8),
      questions(2, 15, 'ABCD', { left: 30, top: 50, step: 60 }, [5.5, 4], [9, 9]),
      a5,
    ),
    shape: 'oval',
    print: { grey: 60, letters: true, strokeMm: 0.3 },
  },
  {
    design: sheetOf('squares', marks(a4, 12, 9), [
      number(40, 30, 5, 5),
      ...questions(2, 20, 'ABCDE', { left: 36, top: 112, step: 84 }, [5, 5], [9.5, 8.4]),
    ]),
    shape: 'square',
    print: { grey: 30, letters: false, strokeMm: 0.35 },
  },
  {
    design: sheetOf(
      'true-false',
      marks(a4, 12, 9),
      questions(4, 25, 'TF', { left: 34, top: 44, step: 42 }, [6, 4.4], [9.5, 8.6]),
    ),
    shape: 'oval',
    print: { grey: 50, letters: true, strokeMm: 0.3 },
  },
  {
    design: sheetOf(
      'many-choices',
      marks(a4, 12, 9),
      questions(2, 22, 'ABCDEFGH', { left: 30, top: 60, step: 86 }, [5, 5], [8.4, 9.2], 'multiple'),
    ),
    shape: 'circle',
    print: { grey: 110, letters: true, strokeMm: 0.25 },
  },
  {
    design: sheetOf('pale-pills', marks(a4, 11, 8), [
      number(120, 26, 9, 4.8),
      ...questions(3, 22, 'ABCD', { left: 34, top: 104, step: 58 }, [6.2, 4], [8.6, 7.6]),
    ]),
    shape: 'pill',
    print: { grey: 150, letters: true, strokeMm: 0.3 },
  },
  {
    design: sheetOf('plain-paper', { by: 'page-outline' }, [
      number(130, 30, 7, 5),
      ...questions(2, 20, 'ABCD', { left: 38, top: 112, step: 82 }, [5.4, 5.4], [9, 8.6]),
    ]),
    shape: 'circle',
    print: { grey: 50, letters: true, strokeMm: 0.3 },
  },
];
