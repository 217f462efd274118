import * as v from 'valibot';
import { capitals, digits } from '#contract/handwriting.ts';
import { UnusableInput } from '../unusable.ts';

const path = v.pipe(v.string(), v.nonEmpty());

const truth = v.object({
  /** IDX files, gzipped or not. */
  images: path,
  labels: path,
  /** Labels are indices into this list. The field holds those of it that occur. */
  classes: v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^[0-9A-Z]$/, 'a digit or a capital'))),
    v.nonEmpty(),
    v.check((classes) => new Set(classes).size === classes.length, 'a class is there twice'),
    v.maxLength(digits.length + capitals.length),
  ),
});

export type LabelledCharacters = v.InferOutput<typeof truth>;

/** @throws UnusableInput naming the first thing that is wrong. */
export function readTruth(json: unknown): LabelledCharacters {
  const parsed = v.safeParse(truth, json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new UnusableInput(`truth.json: ${v.getDotPath(issue) ?? 'the object'}: ${issue.message}`);
}
