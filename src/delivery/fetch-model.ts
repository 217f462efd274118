import { models } from 'virtual:models';
import { CodedFailure } from '#contract/failures.ts';
import type { DeliveryOptions } from './delivered-file.ts';
import { fetchFile } from './fetch-file.ts';

export interface FetchedModel {
  readonly version: number;
  /** Of all of its files together: other weights, another digest. */
  readonly digest: string;
  /** By base name, such as `model.json`. */
  readonly files: Readonly<Record<string, ArrayBuffer>>;
}

/**
 * The files of a model of `models/manifest.json`, verified. `report` counts the bytes of all of them.
 *
 * @throws CodedFailure `model-unavailable`, such as offline before it was ever fetched; `cancelled`
 */
export async function fetchModel(name: string, { signal, report }: DeliveryOptions = {}): Promise<FetchedModel> {
  const model = models.find((candidate) => candidate.name === name);
  if (model === undefined) throw new CodedFailure('model-unavailable', `models/manifest.json has no ${name}`);
  const total = model.files.reduce((sum, { bytes }) => sum + bytes, 0);
  const files: [string, ArrayBuffer][] = [];
  let before = 0;
  for (const file of model.files) {
    const started = before;
    const content = await fetchFile(file, {
      signal,
      report: report && ((done) => report(started + done, total)),
      unavailable: 'model-unavailable',
    });
    before += file.bytes;
    files.push([file.name, content]);
  }
  return { version: model.version, digest: model.digest, files: Object.fromEntries(files) };
}
