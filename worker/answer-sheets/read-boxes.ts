import type { CharacterReading, ReadCharacters } from '#contract/handwriting.ts';
import type { RgbaImage } from '#contract/images.ts';
import type { FieldReading, SheetDesign, SheetReading } from '#contract/sheets.ts';
import { settleColumns } from './settle-columns.ts';

/** As `ReadCharacters`; gives nothing where the reader of handwriting is not to be had. */
export type TryCharacters = (...of: Parameters<ReadCharacters>) => Promise<readonly CharacterReading[] | undefined>;

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
  return {
    ...field,
    value: state === 'read' || state === 'doubtful' ? (character ?? '') : '',
    state: state === 'read' ? ('marked' as const) : isBlank ? ('blank' as const) : ('doubtful' as const),
    confidence: isBlank ? 1 : state === 'scribbled' ? 0 : probability,
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
