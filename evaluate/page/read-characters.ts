import type { JobInput, JobOutput } from '#contract/jobs.ts';
import type { ReadFile } from '../characters/characters-suite.ts';
import { readIdx, type Idx } from '../characters/read-idx.ts';

type Classify = (
  input: JobInput<'handwriting.classify'>,
) => Promise<{ output: JobOutput<'handwriting.classify'>; stagesMs: Readonly<Record<string, number>> }>;

/** Enough jobs of each size for a median. */
const timedJobs = 40;

/** So many characters a job when nothing is timed. */
const jobSize = 512;

/** Reads the first `count` characters of an IDX file, then some again in jobs of the given sizes. */
export async function readCharacters(
  file: Blob,
  alphabet: string,
  count: number,
  batchSizes: readonly number[],
  classify: Classify,
): Promise<ReadFile> {
  const { sizes, values } = await openIdx(file);
  const [there = 0, height = 0, width = 0] = sizes;
  if (there < count) throw new Error(`${there} images for ${count} labels`);
  const read = (start: number, end: number) =>
    classify({ ink: values.slice(start * width * height, end * width * height), size: { width, height }, alphabet });
  const readings: ReadFile['readings'][number][] = [];
  for (let start = 0; start < count; start += jobSize) {
    const { output } = await read(start, Math.min(count, start + jobSize));
    for (const { alternatives: _alternatives, ...reading } of output.readings) readings.push(reading);
  }
  const msPerCharacter: Record<string, number[]> = {};
  for (const size of batchSizes) {
    const times: number[] = [];
    for (let job = 0; job < timedJobs && (job + 1) * size <= count; job++) {
      const { stagesMs } = await read(job * size, (job + 1) * size);
      times.push((stagesMs['read'] ?? Number.NaN) / size);
    }
    msPerCharacter[String(size)] = times;
  }
  return { readings, msPerCharacter };
}

async function openIdx(file: Blob): Promise<Idx> {
  const [first] = new Uint8Array(await file.slice(0, 1).arrayBuffer());
  const isZipped = first === 0x1f;
  const stream = isZipped ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream();
  return readIdx(new Uint8Array(await new Response(stream).arrayBuffer()));
}
