import * as v from 'valibot';

import { CodedFailure } from '#contract/failures.ts';
import type { ImportedExam, ImportedSheet } from '#src/store/add-imported-exam.ts';
import { isZip, type UnzipLimits, unzipFiles } from '../unzip-files.ts';
import { type ExamFileContent, contentName, examFileSchema } from './exam-file-schema.ts';
import { mapPictures } from './map-pictures.ts';

/**
 * Reads an exam file, or the `exam.json` of one alone. Everything in it is checked before anything is kept.
 *
 * @throws CodedFailure `unsupported-format` where it is something else, or of a later Papel; `damaged-file` where a picture is
 *   missing or the content makes no sense, with what and where in its message
 */
export async function readExamFile(file: Blob, limits: UnzipLimits): Promise<Omit<ImportedExam, 'keepPupilsUntil'>> {
  const files = (await isZip(file)) ? await unzipAll(file, limits) : new Map([[contentName, file]]);
  const content = parseContent(await files.get(contentName)?.text());
  const picture = async (name: string): Promise<Blob> => {
    const found = files.get(name);
    if (found === undefined) throw new CodedFailure('damaged-file', `${name} is missing`);
    return found;
  };
  const { code, exam, keptPhotos, design, reference, roster, sheets = [] } = content;
  checkReferences(content);
  return {
    code,
    exam,
    keptPhotos,
    ...(design === undefined ? {} : { design: await mapPictures(design, picture) }),
    ...(reference === undefined ? {} : { reference: await picture(reference) }),
    ...(roster === undefined ? {} : { roster }),
    sheets: await Promise.all(
      sheets.map(async ({ photo, ...sheet }): Promise<ImportedSheet> =>
        photo === undefined ? sheet : { ...sheet, photo: await picture(photo) },
      ),
    ),
  };
}

async function unzipAll(zip: Blob, limits: UnzipLimits): Promise<ReadonlyMap<string, Blob>> {
  const files = new Map<string, Blob>();
  for await (const entry of unzipFiles(zip, limits)) {
    if ('failure' in entry) throw new CodedFailure(entry.failure.code, `${entry.name}: ${entry.failure.message}`);
    files.set(entry.name, entry.file);
  }
  return files;
}

const headSchema = v.object({ format: v.literal('papel-exam'), version: v.number() });

function parseContent(text: string | undefined): ExamFileContent {
  const json = parseJson(text ?? '');
  const head = v.safeParse(headSchema, json);
  if (!head.success) throw new CodedFailure('unsupported-format', `No exam file: ${contentName} says something else`);
  if (head.output.version !== 1)
    throw new CodedFailure('unsupported-format', `An exam file of version ${head.output.version}`);
  const parsed = v.safeParse(examFileSchema, json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new CodedFailure('damaged-file', `${v.getDotPath(issue) ?? contentName}: ${issue.message}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the schema can't say: names that must lead somewhere. */
function checkReferences({ exam, sheets = [] }: ExamFileContent): void {
  const ids = new Set(exam.questions.map(({ id }) => id));
  if (ids.size < exam.questions.length) throw new CodedFailure('damaged-file', 'exam.questions: an id stands twice');
  for (const { letter, questionOrder } of exam.versions) {
    if (
      questionOrder.length !== ids.size ||
      new Set(questionOrder).size !== ids.size ||
      !questionOrder.every((id) => ids.has(id))
    )
      throw new CodedFailure('damaged-file', `exam.versions: ${letter} is not all of the questions, each once`);
  }
  if (sheets.some(({ photo, reading }) => photo === undefined && reading === undefined))
    throw new CodedFailure('damaged-file', 'sheets: one has neither a photo nor a reading');
}
