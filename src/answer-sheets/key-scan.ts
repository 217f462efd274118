/** A key from a filled sheet: what was read for sure, and what a person has to say. */
import { composeAnswer, planFields } from '#contract/exam-fields.ts';
import type { Exam, Question, VersionLetter } from '#contract/exams.ts';
import type { PhotoKind } from '#contract/jobs.ts';
import type { SheetPhotoReading } from '#contract/sheets.ts';
import type { Engine } from '#src/engine/engine.ts';
import type { ExamRecord } from '#src/store/records.ts';
import { admitFile } from './admit-file.ts';
import { createPageFinder } from './find-readable-pages.ts';
import { questionsOf, takesKey, writeKey } from './key-entry.ts';
import { readingOptionsOf } from './written-options.ts';

export interface KeyProposal {
  readonly version: VersionLetter;
  readonly sure: readonly { readonly question: Question; readonly answer: string }[];
  readonly doubtful: readonly Question[];
  /** Nothing is marked there; they keep the key that they have. */
  readonly blank: readonly Question[];
}

/** Kinds of files that hold pictures which a worker has to take out first. */
const convertedKinds: ReadonlySet<PhotoKind> = new Set(['pdf', 'tiff', 'heic']);

/** Reads each picture of a file as a page of this exam. @throws CodedFailure for what is no picture */
export async function readMasterSheet(
  engine: Engine,
  record: ExamRecord,
  file: File,
  signal: AbortSignal,
): Promise<readonly SheetPhotoReading[]> {
  const { kind } = await admitFile(file);
  const pages = await createPageFinder(engine)(record);
  const needsConversion = convertedKinds.has(kind);
  const { pictures } = needsConversion ? await engine.run('photos.count', { file, kind }, { signal }) : { pictures: 1 };
  const readings: SheetPhotoReading[] = [];
  for (let index = 0; index < pictures; index += 1) {
    const { photo } = needsConversion
      ? await engine.run('photos.convert', { file, kind, index }, { signal })
      : { photo: file };
    const options = readingOptionsOf(record.exam);
    readings.push(await engine.run('answer-sheets.read-page', { photo, pages, options }, { signal }));
  }
  return readings;
}

/**
 * @param asked the version of a sheet without a code
 * @returns why there is nothing to propose, in a word: no sheet of ours in the photos, or one of another exam
 */
export function proposeKey(
  exam: Exam,
  code: string,
  asked: VersionLetter,
  readings: readonly SheetPhotoReading[],
): KeyProposal | 'not-found' | 'other-exam' | 'two-versions' {
  if (readings.some(({ identity }) => identity !== undefined && identity.exam !== code)) return 'other-exam';
  const found = readings.flatMap(({ reading, readAs }) => (reading?.found === true ? [{ reading, readAs }] : []));
  if (found.length === 0) return 'not-found';
  const versions = new Set(found.map(({ readAs }) => readAs?.version ?? asked));
  if (versions.size > 1) return 'two-versions';
  const [version = asked] = versions;

  const fields = new Map(found.flatMap(({ reading }) => reading.fields.map((field) => [field.label, field] as const)));
  const sure: { question: Question; answer: string }[] = [];
  const doubtful: Question[] = [];
  const blank: Question[] = [];
  for (const question of questionsOf(exam, version).filter((each) => takesKey(each))) {
    const planned = planFields(question.id, question.form, exam.look.optionSigns);
    const { answer, state } = composeAnswer(
      question.form,
      planned.map(({ label }) => fields.get(label)),
    );
    if (state === 'answered') sure.push({ question, answer });
    else if (state === 'doubtful' || state === 'multiple') doubtful.push(question);
    else if (state === 'blank') blank.push(question);
  }
  return { version, sure, doubtful, blank };
}

/** Puts what was read for sure over the key that is there. */
export function takeProposal(exam: Exam, { version, sure }: Pick<KeyProposal, 'version' | 'sure'>): Exam {
  return sure.reduce(
    (changed, { question, answer }) => writeKey(changed, version, question, { accepted: [{ answer }] }),
    exam,
  );
}
