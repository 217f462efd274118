import type { PlannedField } from '#contract/exam-fields.ts';
import type {
  PrintedItem,
  Position,
  SheetBlock,
  SheetBubble,
  SheetField,
  SheetRectangle,
  WrittenBox,
  WrittenField,
} from '#contract/sheets.ts';
import { capHeight, shortenText } from './text-width.ts';

/**
 * Bubbles are circles of one size on every paper: in a photo of two megapixels that an A4 sheet fills they are 25 pixels
 * wide, and 9 are enough to read them.
 */
export const bubbleMm = 4.7;

/** From one bubble's middle to the next one's. */
export const stepMm = { usual: 7, least: 6.2 } as const;

/**
 * Greys: 0 black, 1 white. Letters are lighter than any pencil, so that a light mark over one still counts, and a letter that
 * is there only once or twice is not taken for a mark: of 369 empty fields, letters of 0.55 made 13 doubtful or worse, of 0.75 two.
 */
export const greys = { ink: 0, caption: 0.3, outline: 0.45, letter: 0.72, rule: 0.7 } as const;

const outlineMm = 0.28;
const letterMm = 2.8;

/** A page under way: what is printed, and what is read of it. */
export interface Sketch {
  readonly printed: PrintedItem[];
  readonly blocks: SheetBlock[];
  readonly written: WrittenField[];
  readonly boxes: WrittenBox[];
}

export interface TextLook {
  readonly heightMm: number;
  readonly align?: 'left' | 'center' | 'right';
  readonly bold?: boolean;
  readonly grey?: number;
  readonly mostWidthMm?: number;
}

export function writeText(sketch: Sketch, text: string, at: Position, look: TextLook): void {
  if (text === '') return;
  const { heightMm, align = 'left', bold = false, grey = greys.ink, mostWidthMm } = look;
  const item = { kind: 'text', at, align, heightMm, bold, grey } as const;
  if (mostWidthMm === undefined) sketch.printed.push({ ...item, text });
  else sketch.printed.push({ ...item, text: shortenText(text, heightMm, mostWidthMm, bold), mostWidthMm });
}

/** The baseline of text whose capitals are centred on `y`. */
export function baselineFor(y: number, heightMm: number): number {
  return y + (capHeight * heightMm) / 2;
}

/** A frame to write into. */
export function drawBox(sketch: Sketch, box: WrittenBox): void {
  drawFrame(sketch, box);
  sketch.boxes.push(box);
}

/** A box for one character, which is read. */
export function drawCharacterBox(sketch: Sketch, { label, kind, values }: PlannedField, place: SheetRectangle): void {
  drawFrame(sketch, place);
  sketch.written.push({ label, kind, values, ...place });
}

export function drawFrame(
  sketch: Sketch,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
): void {
  const stroke = { grey: greys.outline, widthMm: outlineMm };
  sketch.printed.push({ kind: 'rectangle', radius: 0, left, top, width, height, stroke });
}

/**
 * A field with its bubbles around the given middles, one a value.
 *
 * @param signs printed inside, where they differ from the values.
 */
export function drawField(
  sketch: Sketch,
  { label, kind, values }: PlannedField,
  middles: readonly Position[],
  signs: readonly string[] = values,
): SheetField {
  const bubbles = values.map((value, at): SheetBubble => {
    const { x, y } = middles[at] ?? { x: 0, y: 0 };
    const bubble = { left: x - bubbleMm / 2, top: y - bubbleMm / 2, width: bubbleMm, height: bubbleMm };
    sketch.printed.push({ kind: 'ellipse', ...bubble, stroke: { grey: greys.outline, widthMm: outlineMm } });
    const sign = signs[at] ?? value;
    const heightMm = sign.length > 1 ? 0.8 * letterMm : letterMm;
    // A hyphen would sit too low and short for a minus; this dash is in the fonts that every PDF reader has.
    writeText(
      sketch,
      sign === '-' ? '–' : sign,
      { x, y: baselineFor(y, heightMm) },
      {
        heightMm,
        align: 'center',
        grey: greys.letter,
      },
    );
    return { value, ...bubble };
  });
  return { label, kind, bubbles, emptyValue: '' };
}
