/** What stands in the `exam.json` of an exam file. Pictures are files beside it, under the names given here. */
import * as v from 'valibot';

import { examSchema, rosterSchema, versionLetters } from '#contract/exams.ts';
import { photoPoint } from '#contract/images.ts';
import { photoKinds } from '#contract/jobs.ts';
import { boxStates, fieldStates, missingSheetReasons } from '#contract/sheets.ts';

const text = v.pipe(v.string(), v.maxLength(400));
const time = v.pipe(v.number(), v.minValue(0));
const number = v.pipe(v.number(), v.finite());
const size = v.object({ width: number, height: number });
const rectangle = { left: number, top: number, width: number, height: number };
const point = v.pipe(
  v.object({ x: number, y: number }),
  v.transform(({ x, y }) => photoPoint(x, y)),
);
const place = v.object({
  version: v.picklist(versionLetters),
  page: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99)),
});
const code = v.pipe(v.string(), v.regex(/^[0-9A-HJKMNP-TV-Z]{8}$/, 'a code of 8 signs'));
/** Of a file in the archive. */
const picture = text;

const fiducialPlace = { x: number, y: number, width: number };

const location = v.variant('by', [
  v.object({
    by: v.literal('fiducials'),
    fiducials: v.array(
      v.variant('kind', [
        v.object({ ...fiducialPlace, kind: v.literal('aruco'), id: number }),
        v.object({ ...fiducialPlace, kind: v.literal('picture'), picture }),
      ]),
    ),
  }),
  v.object({ by: v.literal('page-outline') }),
  v.object({ by: v.literal('reference-picture'), picture }),
  v.object({ by: v.literal('bubbles') }),
]);

const fieldKind = v.picklist(['single', 'digits', 'multiple']);

const design = v.object({
  name: text,
  unit: v.picklist(['mm', 'pixel']),
  size,
  location,
  blocks: v.array(
    v.object({
      name: text,
      fields: v.array(
        v.object({
          label: text,
          kind: fieldKind,
          bubbles: v.array(v.object({ ...rectangle, value: text })),
          emptyValue: text,
        }),
      ),
    }),
  ),
  written: v.exactOptional(v.array(v.object({ ...rectangle, label: text, kind: fieldKind, values: v.array(text) }))),
  customLabels: v.array(v.object({ label: text, parts: v.array(text) })),
  outputColumns: v.array(text),
});

const reading = v.variant('found', [
  v.object({ found: v.literal(false), reason: v.picklist(missingSheetReasons), version: number }),
  v.object({
    found: v.literal(true),
    corners: v.strictTuple([point, point, point, point]),
    blocks: v.array(v.object({ name: text, locked: v.boolean(), residual: number })),
    fields: v.array(
      v.object({
        label: text,
        value: text,
        state: v.picklist(fieldStates),
        confidence: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
        bubbles: v.array(v.object({ value: text, ink: number, marked: v.boolean(), center: point })),
        written: v.exactOptional(
          v.object({
            state: v.picklist(boxStates),
            corners: v.strictTuple([point, point, point, point]),
            alternatives: v.array(v.object({ character: text, logProbability: number })),
          }),
        ),
      }),
    ),
    columns: v.array(v.object({ label: text, value: text, flagged: v.boolean() })),
    flagged: v.array(text),
    version: number,
  }),
]);

const sheet = v.object({
  fileName: text,
  photoKind: v.picklist(photoKinds),
  /** Absent where the file was made without photos. */
  photo: v.exactOptional(picture),
  digest: v.exactOptional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  photoSize: v.exactOptional(size),
  identity: v.exactOptional(v.object({ exam: code, ...place.entries, student: v.exactOptional(text) })),
  readAs: v.exactOptional(place),
  readAsByHand: v.exactOptional(place),
  reading: v.exactOptional(reading),
  studentByHand: v.exactOptional(text),
  corrections: v.record(text, v.object({ read: text, corrected: text, at: time })),
  pointsByHand: v.record(text, v.object({ points: number, at: time })),
  isSetAside: v.boolean(),
});

export const examFileSchema = v.object({
  format: v.literal('papel-exam'),
  /** Raised when an older Papel could no longer read it. */
  version: v.literal(1),
  /** ISO 8601. */
  exportedAt: text,
  code,
  exam: examSchema,
  keptPhotos: v.picklist(['as-taken', 'reduced']),
  design: v.exactOptional(design),
  /** The photo that the sheet was drawn over. */
  reference: v.exactOptional(picture),
  roster: v.exactOptional(rosterSchema),
  sheets: v.exactOptional(v.array(sheet)),
});
export type ExamFileContent = v.InferOutput<typeof examFileSchema>;

export const contentName = 'exam.json';
