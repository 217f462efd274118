import type { CharacterReading, ReadCharacters } from '#contract/handwriting.ts';
import type { Quad, RgbaImage } from '#contract/images.ts';
import type { FieldReading, SheetDesign, SheetReading } from '#contract/sheets.ts';
import { distanceBetween } from '#worker/vision/geometry.ts';
import { settleColumns } from './settle-columns.ts';

/** As `ReadCharacters`; gives nothing where the reader of handwriting is not to be had. */
export type TryCharacters = (...of: Parameters<ReadCharacters>) => Promise<readonly CharacterReading[] | undefined>;

/**
 * Boxes with a shorter side in the photo are small. Of 8,697 characters on 200 drawn sheets, 0.5 % of those that were taken for sure
 * from 25 pixels on were wrong, and 1.6 % below, of which this chance leaves 0.7 %. Those of an A4 sheet that fills two megapixels
 * have 38.
 */
const small = { belowPx: 25, leastChance: 0.98 } as const;

/** In a box of fewer pixels, faint writing may not be seen: an empty one is not sure. */
const leastBlankPx = 18;

/**
 * Reads the characters in the boxes of a sheet that were located. What is not sure enough, struck out, or could not be read
 * is doubtful: a person says what it is.
 *
 * @param readCharacters where it gives nothing, boxes stay unread.
 */
export async function readBoxes<Picture>(
  photo: RgbaImage,
  design: Pick<SheetDesign<Picture>, 'written' | 'customLabels' | 'outputColumns'>,
  reading: SheetReading,
  readCharacters: TryCharacters,
): Promise<SheetReading> {
  if (!reading.found) return reading;
  const alphabets = new Map(design.written?.map(({ label, values }) => [label, values.join('')]));
  const located = reading.fields.flatMap(({ label, written }) =>
    written?.state === 'unread'
      ? [{ label, box: { outline: written.corners, alphabet: alphabets.get(label) ?? '' } }]
      : [],
  );
  if (located.length === 0) return reading;
  const characters = await readCharacters(
    photo,
    located.map(({ box }) => box),
  );
  if (characters === undefined) return reading;
  const byLabel = new Map(located.map(({ label }, at) => [label, characters[at]]));
  const fields = reading.fields.map((field) => {
    const character = byLabel.get(field.label);
    return character === undefined ? field : withCharacter(field, character);
  });
  return settleColumns(design, { ...reading, fields });
}

function withCharacter(field: FieldReading, { state, character, probability, alternatives }: CharacterReading) {
  const { written } = field;
  if (written === undefined) return field;
  const isBlank = state === 'blank';
  const side = shortestSide(written.corners);
  const isUnsure = isBlank ? side < leastBlankPx : side < small.belowPx && probability < small.leastChance;
  const sure = state === 'read' ? ('marked' as const) : isBlank ? ('blank' as const) : ('doubtful' as const);
  return {
    ...field,
    value: state === 'read' || state === 'doubtful' ? (character ?? '') : '',
    state: isUnsure ? ('doubtful' as const) : sure,
    confidence: (isUnsure ? 0.5 : 1) * (isBlank ? 1 : state === 'scribbled' ? 0 : probability),
    written: {
      ...written,
      state,
      // Two decimals tell as much, and some hundred of them are kept with each sheet.
      alternatives: alternatives.map((each) => ({
        ...each,
        logProbability: Math.round(each.logProbability * 100) / 100,
      })),
    },
  };
}

function shortestSide(corners: Quad): number {
  const [a, b, c, d] = corners;
  return Math.min(distanceBetween(a, b), distanceBetween(b, c), distanceBetween(c, d), distanceBetween(d, a));
}
