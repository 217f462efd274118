/** An exam as one file, to hand to a colleague or to keep: a ZIP of `exam.json` and pictures. */
import type { Roster } from '#contract/exams.ts';
import type { SheetDesign } from '#contract/sheets.ts';
import type { KeptOfSheet } from '#src/store/add-imported-exam.ts';
import type { ExamRecord, SheetRecord } from '#src/store/records.ts';
import { ArchiveWriter } from './archive-writer.ts';
import { contentName } from './exam-file-schema.ts';
import { mapPictures } from './map-pictures.ts';

/** What goes into the file. */
export interface ExamToWrite {
  readonly record: ExamRecord;
  readonly reference: Blob | undefined;
  /** Pupils' data, where they go along. */
  readonly roster: Roster | undefined;
  readonly sheets: readonly SheetRecord[] | undefined;
  /** Reads a sheet's photo; absent where photos stay at home. */
  readonly readPhoto: ((sheetId: string) => Promise<Blob | undefined>) | undefined;
  readonly exportedAt: Date;
}

/** As the schema reads it; what is `undefined` is not written. */
interface WrittenExam extends Pick<ExamRecord, 'code' | 'exam' | 'keptPhotos'> {
  readonly format: 'papel-exam';
  readonly version: 1;
  readonly exportedAt: string;
  readonly design: SheetDesign<string> | undefined;
  readonly reference: string | undefined;
  readonly roster: Roster | undefined;
  readonly sheets: readonly WrittenSheet[] | undefined;
}

type WrittenSheet = { readonly [K in KeptOfSheet]: SheetRecord[K] | undefined } & {
  readonly photo: string | undefined;
};

/** Photos are taken from the store one at a time. A sheet that was neither read nor comes with its photo is left out. */
export async function writeExamFile(exam: ExamToWrite): Promise<Blob> {
  const archive = new ArchiveWriter();
  const { code, exam: content, keptPhotos, design } = exam.record;
  let pictures = 0;
  const written: WrittenExam = {
    format: 'papel-exam',
    version: 1,
    exportedAt: exam.exportedAt.toISOString(),
    code,
    exam: content,
    keptPhotos,
    design:
      design === undefined
        ? undefined
        : await mapPictures(design, (picture) => archive.add(`design/${++pictures}`, picture)),
    reference: exam.reference === undefined ? undefined : await archive.add('design/reference', exam.reference),
    roster: exam.roster,
    sheets: exam.sheets === undefined ? undefined : await writeSheets(archive, exam.sheets, exam.readPhoto),
  };
  archive.addText(contentName, JSON.stringify(written));
  return archive.end();
}

async function writeSheets(
  archive: ArchiveWriter,
  sheets: readonly SheetRecord[],
  readPhoto: ExamToWrite['readPhoto'],
): Promise<readonly WrittenSheet[]> {
  const written: WrittenSheet[] = [];
  for (const sheet of sheets) {
    const photo = await readPhoto?.(sheet.id);
    if (photo === undefined && sheet.reading === undefined) continue;
    const name = `photos/${String(written.length + 1).padStart(4, '0')}.${sheet.photoKind}`;
    written.push({ ...keptOf(sheet), photo: photo === undefined ? undefined : await archive.add(name, photo) });
  }
  return written;
}

/** Without what this device alone needs: ids, the place in the line, a failure. */
function keptOf(sheet: SheetRecord): Omit<WrittenSheet, 'photo'> {
  const { fileName, photoKind, digest, photoSize, identity, readAs, readAsByHand, reading } = sheet;
  const { studentByHand, corrections, pointsByHand, isSetAside } = sheet;
  return {
    fileName,
    photoKind,
    digest,
    photoSize,
    identity,
    readAs,
    readAsByHand,
    reading,
    studentByHand,
    corrections,
    pointsByHand,
    isSetAside,
  };
}
