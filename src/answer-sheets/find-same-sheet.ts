/** Whether two photos show the same page of the same student. */
import type { FieldAnswer, SheetPhotoReading, SheetReading } from '#contract/sheets.ts';
import type { ListedSheet } from '#src/store/records.ts';

interface ReadSheet {
  readonly identity?: SheetPhotoReading['identity'];
  readonly reading?: SheetReading<FieldAnswer> | undefined;
}

function fieldsOf({ reading }: Pick<ReadSheet, 'reading'>): readonly FieldAnswer[] {
  return reading?.found ? reading.fields : [];
}

/** The student that a sheet names: by its code, or by its number where each digit is sure. */
function whoseIs(sheet: ReadSheet): string | undefined {
  const { identity } = sheet;
  if (identity?.student !== undefined) return identity.student;
  const digits = fieldsOf(sheet).filter(({ label }) => label.startsWith('number.'));
  return digits.length > 0 && digits.every(({ state }) => state === 'marked')
    ? digits.map(({ value }) => value).join('')
    : undefined;
}

export function saysWhose(sheet: ReadSheet): boolean {
  return whoseIs(sheet) !== undefined;
}

/** Doubtful fields flicker from one frame to the next; the sure ones tell sheets apart. */
function hasSameMarks(a: ReadSheet, b: ReadSheet): boolean {
  const other = new Map(fieldsOf(b).map((field) => [field.label, field]));
  const isAlike = (field: FieldAnswer) => {
    const there = other.get(field.label);
    if (there === undefined) return false;
    return field.state === 'doubtful' || there.state === 'doubtful' || field.value === there.value;
  };
  return fieldsOf(a).length === other.size && fieldsOf(a).every((field) => isAlike(field));
}

/** Among the sheets that are there, not those that were set aside. */
export function findSameSheet(read: SheetPhotoReading, sheets: readonly ListedSheet[]): ListedSheet | undefined {
  const { readAs } = read;
  if (readAs === undefined || !read.reading?.found) return undefined;
  return sheets.find(
    (sheet) =>
      !sheet.isSetAside &&
      sheet.readAs?.version === readAs.version &&
      sheet.readAs.page === readAs.page &&
      sheet.reading?.found === true &&
      whoseIs(sheet) === whoseIs(read) &&
      hasSameMarks(read, sheet),
  );
}
