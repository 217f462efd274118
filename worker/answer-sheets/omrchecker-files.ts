import * as v from 'valibot';

/** The files around a template by their path from the root of the import, with `/` between folders. */
export interface TemplateFolder<Picture> {
  text(path: string): string | undefined;
  picture(path: string): Picture | undefined;
}

/** A template that cannot be used; the message names the file and the key. */
export class UnusableTemplate extends Error {
  override readonly name = 'UnusableTemplate';
}

/** More bubbles than any sheet has; a range such as `q1..999999999` must not eat the memory. */
export const mostBubbles = 20_000;

/** @throws UnusableTemplate where the file is missing or no JSON */
export function readJson<Picture>(folder: TemplateFolder<Picture>, path: string): unknown {
  const text = folder.text(path);
  if (text === undefined) throw new UnusableTemplate(`${path}: not there`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnusableTemplate(`${path}: ${cause instanceof Error ? cause.message : 'no JSON'}`, { cause });
  }
}

/** @throws UnusableTemplate naming what is wrong with the first key that is */
export function parse<S extends v.GenericSchema>(schema: S, json: unknown, at: string): v.InferOutput<S> {
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new UnusableTemplate(`${at}: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
}

/**
 * `q1..10` and `q1...10` stand for ten labels.
 *
 * @throws UnusableTemplate where the range does not ascend
 */
export function expandRange(label: string, at: string): readonly string[] {
  const range = /^(?<stem>.*?)(?<first>\d+)\.{2,3}(?<last>\d+)$/.exec(label)?.groups;
  if (range === undefined) return [label];
  const first = Number(range['first']);
  const last = Number(range['last']);
  if (last <= first || last - first >= mostBubbles) throw new UnusableTemplate(`${at}: ${label} is no ascending range`);
  return Array.from({ length: last - first + 1 }, (_, step) => `${range['stem'] ?? ''}${first + step}`);
}

/** @param relative to the folder of `path` */
export function resolvePath(path: string, relative: string): string {
  const base = path.split('/').slice(0, -1);
  for (const step of relative.split('/')) {
    if (step === '..') base.pop();
    else if (step !== '.' && step !== '') base.push(step);
  }
  return base.join('/');
}
