import * as v from 'valibot';
import { UnusableInput } from '../unusable.ts';

const number = v.pipe(v.number(), v.finite());
/** Left, top, width, height; pixels with the EXIF orientation applied. */
const box = v.tuple([number, number, v.pipe(number, v.minValue(0)), v.pipe(number, v.minValue(0))]);

const entry = v.object({
  file: v.pipe(v.string(), v.nonEmpty()),
  /** Forehead to chin, ear to ear. */
  faces: v.array(box),
  /** Too small, blurred or drawn to count either way. */
  ignore: v.optional(v.array(box), []),
  tags: v.optional(v.array(v.string()), []),
});

export type Box = v.InferOutput<typeof box>;
export type LabelledFaces = v.InferOutput<typeof entry>;

/** @throws UnusableInput naming the first thing that is wrong. */
export function readTruth(json: unknown): readonly LabelledFaces[] {
  const parsed = v.safeParse(v.pipe(v.array(entry), v.nonEmpty()), json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new UnusableInput(`truth.json: ${v.getDotPath(issue) ?? 'the list'}: ${issue.message}`);
}
