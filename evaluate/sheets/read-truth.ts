import * as v from 'valibot';
import { correctionRules } from '#contract/exams.ts';
import { UnusableInput } from '../unusable.ts';

const answers = v.record(v.string(), v.string());

const entry = v.object({
  file: v.pipe(v.string(), v.nonEmpty()),
  /** A design of ours or a `template.json` of OMRChecker. */
  template: v.pipe(v.string(), v.nonEmpty()),
  answers,
  /** Other readings of a field that a careful person might give. */
  ambiguous: v.optional(v.record(v.string(), v.array(v.string())), {}),
  tags: v.optional(v.array(v.string()), []),
  /** How marks are taken back on this sheet. */
  correction: v.optional(v.picklist(correctionRules), 'none'),
  /** What was written in boxes, by label: the ink of 28 x 28 pixels in base64, to be read plainly, too. */
  inks: v.optional(v.record(v.string(), v.string()), {}),
});

/** One labelled sheet. */
export type LabelledSheet = v.InferOutput<typeof entry>;

/** @throws UnusableInput naming the first thing that is wrong. */
export function readTruth(json: unknown): readonly LabelledSheet[] {
  const parsed = v.safeParse(v.pipe(v.array(entry), v.nonEmpty()), json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new UnusableInput(`truth.json: ${v.getDotPath(issue) ?? 'the list'}: ${issue.message}`);
}
