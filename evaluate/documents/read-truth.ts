import * as v from 'valibot';
import { UnusableInput } from '../unusable.ts';

const point = v.tuple([v.pipe(v.number(), v.finite()), v.pipe(v.number(), v.finite())]);

const entry = v.object({
  file: v.pipe(v.string(), v.nonEmpty()),
  /** Top left, top right, bottom right, bottom left; null where the picture shows no page. */
  corners: v.nullable(v.tuple([point, point, point, point])),
  tags: v.optional(v.array(v.string()), []),
});

/** One labelled photo. Corners are pixels with the EXIF orientation applied. */
export type LabelledPhoto = v.InferOutput<typeof entry>;

/** @throws UnusableInput naming the first thing that is wrong. */
export function readTruth(json: unknown): readonly LabelledPhoto[] {
  const parsed = v.safeParse(v.pipe(v.array(entry), v.nonEmpty()), json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new UnusableInput(`truth.json: ${v.getDotPath(issue) ?? 'the list'}: ${issue.message}`);
}
