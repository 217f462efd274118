/** Blocks of bubbles drawn over a picture of somebody else's sheet: a regular grid between two bubbles. */
import type { Question } from '#contract/exams.ts';
import type { Position, SheetBlock, SheetDesign, SheetField } from '#contract/sheets.ts';

/** A block as it is drawn; lengths are pixels of the flattened picture. */
export interface DrawnBlock {
  readonly id: string;
  /** `questions`: a field each row (or column). `number`: a digit of the student's number each. */
  readonly holds: 'questions' | 'number';
  /** Where the choices of one field run: `across` puts questions below each other. */
  readonly direction: 'across' | 'down';
  /** Centres of the first and of the last bubble. */
  readonly first: Position;
  readonly last: Position;
  readonly fields: number;
  readonly choices: number;
  readonly bubble: { readonly width: number; readonly height: number };
  /** What the first choice is called; the others follow it. */
  readonly signs: 'letters' | 'digits' | 'digits-from-zero';
  /** Several marks may be right. */
  readonly multiple: boolean;
  /** Number of the first question. */
  readonly startsAt: number;
}

const alphabets = { letters: 'ABCDEFGHIJ', digits: '1234567890', 'digits-from-zero': '0123456789' } as const;

export const mostChoices = 10;
export const mostFields = 100;

function valuesOf({ signs, choices }: DrawnBlock): readonly string[] {
  return Array.from(alphabets[signs].slice(0, choices));
}

/** How far along a row of `count` something is, 0 to 1. */
function shareOf(at: number, count: number): number {
  return count < 2 ? 0 : at / (count - 1);
}

/** Centre of a bubble of the grid. A single row or column lies where the first bubble is. */
export function placeBubble(block: DrawnBlock, field: number, choice: number): Position {
  const alongField = shareOf(field, block.fields);
  const alongChoice = shareOf(choice, block.choices);
  const [shareX, shareY] = block.direction === 'across' ? [alongChoice, alongField] : [alongField, alongChoice];
  return {
    x: block.first.x + shareX * (block.last.x - block.first.x),
    y: block.first.y + shareY * (block.last.y - block.first.y),
  };
}

function labelOf({ holds, startsAt }: DrawnBlock, field: number): string {
  return holds === 'number' ? `number.${startsAt + field}` : `q${startsAt + field}`;
}

function blockOf(block: DrawnBlock): SheetBlock {
  const { width, height } = block.bubble;
  return {
    name: block.id,
    fields: Array.from({ length: block.fields }, (_, field): SheetField => ({
      label: labelOf(block, field),
      kind: block.holds === 'number' ? 'digits' : block.multiple ? 'multiple' : 'single',
      emptyValue: '',
      bubbles: valuesOf(block).map((value, choice) => {
        const { x, y } = placeBubble(block, field, choice);
        return { value, left: x - width / 2, top: y - height / 2, width, height };
      }),
    })),
  };
}

/**
 * The design that the reader takes. Photos of such a sheet are found by the outline of its paper.
 *
 * @param size of the flattened picture that the blocks were drawn on, in pixels
 */
export function designOfBlocks(
  name: string,
  size: { readonly width: number; readonly height: number },
  blocks: readonly DrawnBlock[],
): SheetDesign {
  const drawn = blocks.map(blockOf);
  const labels = drawn.flatMap(({ fields }) => fields.map(({ label }) => label));
  const parts = labels.filter((label) => label.startsWith('number.'));
  return {
    name,
    unit: 'pixel',
    size,
    location: { by: 'page-outline' },
    blocks: drawn,
    customLabels: parts.length > 0 ? [{ label: 'number', parts }] : [],
    outputColumns: [...(parts.length > 0 ? ['number'] : []), ...labels.filter((label) => !parts.includes(label))],
  };
}

/** The questions of the blocks, keeping what an earlier question of the same label was given: points, tags, its key's id. */
export function questionsOfBlocks(blocks: readonly DrawnBlock[], before: readonly Question[]): readonly Question[] {
  const known = new Map(before.map((question) => [question.label, question]));
  return blocks
    .filter(({ holds }) => holds === 'questions')
    .flatMap((block) =>
      Array.from({ length: block.fields }, (_, field): Question => {
        const label = labelOf(block, field);
        const form = {
          kind: 'given' as const,
          fields: [label],
          values: [...valuesOf(block)],
          multiple: block.multiple,
        };
        const shown = String(block.startsAt + field);
        return {
          ...(known.get(shown) ?? { id: label, label: shown, points: 1, standing: 'counts', section: '', tags: [] }),
          form,
        };
      }),
    );
}

/** Why blocks cannot be saved as they are. */
export type BlockProblem =
  | { readonly kind: 'same-label'; readonly blockId: string; readonly label: string }
  | { readonly kind: 'outside' | 'too-close'; readonly blockId: string };

/** What is wrong with the blocks, one problem a block. */
export function checkBlocks(
  size: { readonly width: number; readonly height: number },
  blocks: readonly DrawnBlock[],
): readonly BlockProblem[] {
  const taken = new Set<string>();
  return blocks.flatMap((block): BlockProblem[] => {
    const labels = Array.from({ length: block.fields }, (_, field) => labelOf(block, field));
    const twice = labels.find((label) => taken.has(label));
    for (const label of labels) taken.add(label);
    if (twice !== undefined) return [{ kind: 'same-label', blockId: block.id, label: twice }];
    const { width, height } = block.bubble;
    const ends = [block.first, block.last];
    const isOutside = ends.some(
      ({ x, y }) => x < width / 2 || y < height / 2 || x > size.width - width / 2 || y > size.height - height / 2,
    );
    if (isOutside) return [{ kind: 'outside', blockId: block.id }];
    const { x: stepX, y: stepY } = stepsOf(block);
    // Bubbles that touch cannot be told apart.
    if ((stepX > 0 && stepX < width) || (stepY > 0 && stepY < height))
      return [{ kind: 'too-close', blockId: block.id }];
    return [];
  });
}

/** Distances of neighbouring bubbles; 0 where there is only one. */
function stepsOf({ direction, first, last, fields, choices }: DrawnBlock): Position {
  const [columns, rows] = direction === 'across' ? [choices, fields] : [fields, choices];
  return {
    x: columns < 2 ? 0 : Math.abs(last.x - first.x) / (columns - 1),
    y: rows < 2 ? 0 : Math.abs(last.y - first.y) / (rows - 1),
  };
}

/** Blocks as they were drawn, from the design that they made. */
export function blocksOfDesign(design: SheetDesign): readonly DrawnBlock[] {
  return design.blocks.flatMap((block): DrawnBlock[] => {
    const [firstField] = block.fields;
    const lastField = block.fields.at(-1);
    const firstBubble = firstField?.bubbles[0];
    const lastBubble = lastField?.bubbles.at(-1);
    if (firstField === undefined || firstBubble === undefined || lastBubble === undefined) return [];
    const second = firstField.bubbles[1] ?? firstBubble;
    const along = { x: Math.abs(second.left - firstBubble.left), y: Math.abs(second.top - firstBubble.top) };
    const center = ({ left, top, width, height }: typeof firstBubble) => ({ x: left + width / 2, y: top + height / 2 });
    const number = /(\d+)$/.exec(firstField.label)?.[1];
    return [
      {
        id: block.name,
        holds: firstField.label.startsWith('number.') ? 'number' : 'questions',
        direction: along.x >= along.y ? 'across' : 'down',
        first: center(firstBubble),
        last: center(lastBubble),
        fields: block.fields.length,
        choices: firstField.bubbles.length,
        bubble: { width: firstBubble.width, height: firstBubble.height },
        signs: firstBubble.value === 'A' ? 'letters' : firstBubble.value === '0' ? 'digits-from-zero' : 'digits',
        multiple: firstField.kind === 'multiple',
        startsAt: Number(number ?? 1),
      },
    ];
  });
}

/** A new block between two points, its bubbles about half as wide as they are apart, numbered after the others. */
export function drawBlock(
  id: string,
  corners: readonly [Position, Position],
  before: readonly DrawnBlock[],
): DrawnBlock {
  const [a, b] = corners;
  const first = { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y) };
  const last = { x: Math.max(a.x, b.x), y: Math.max(a.y, b.y) };
  const similar = before.findLast(({ holds }) => holds === 'questions');
  const shape = similar ?? {
    holds: 'questions',
    direction: 'across',
    fields: 10,
    choices: 4,
    signs: 'letters',
    multiple: false,
  };
  const { holds, direction, fields, choices, signs, multiple } = shape;
  const ends = before.filter((block) => block.holds === 'questions').map((block) => block.startsAt + block.fields);
  const block: DrawnBlock = {
    id,
    holds,
    direction,
    fields,
    choices,
    signs,
    multiple,
    first,
    last,
    startsAt: Math.max(1, ...ends),
    bubble: similar?.bubble ?? { width: 0, height: 0 },
  };
  if (similar !== undefined) return block;
  const { x, y } = stepsOf(block);
  const side = Math.max(6, Math.round(0.6 * Math.min(x || y, y || x)));
  return { ...block, bubble: { width: side, height: side } };
}
