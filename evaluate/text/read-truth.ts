import * as v from 'valibot';
import { textLanguages, type TextLanguage } from '#contract/text.ts';
import { UnusableInput } from '../unusable.ts';

const codes = Object.keys(textLanguages);
const language = v.custom<TextLanguage>(
  (value) => typeof value === 'string' && codes.includes(value),
  `one of ${codes.join(', ')}`,
);

const entry = v.object({
  file: v.pipe(v.string(), v.nonEmpty()),
  /** In reading order. */
  text: v.string(),
  languages: v.pipe(v.array(language), v.nonEmpty()),
  tags: v.optional(v.array(v.string()), []),
});

/** One labelled picture of print. */
export type LabelledPrint = v.InferOutput<typeof entry>;

/** @throws UnusableInput naming the first thing that is wrong. */
export function readTruth(json: unknown): readonly LabelledPrint[] {
  const parsed = v.safeParse(v.pipe(v.array(entry), v.nonEmpty()), json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new UnusableInput(`truth.json: ${v.getDotPath(issue) ?? 'the list'}: ${issue.message}`);
}
