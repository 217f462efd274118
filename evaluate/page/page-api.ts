import type { JobInput, JobName, JobOutput } from '#contract/jobs.ts';
import type { NetworkBackend } from '#contract/supplies.ts';
import type { Finding } from '../documents/summarise.ts';

/** What the evaluation's page offers to the Node side, which calls it through Playwright. */
export interface PageApi {
  /** Starts the built app's engine. @returns milliseconds until OpenCV was ready. */
  start(settings: { worker: string; backend: NetworkBackend }): Promise<number>;
  /** Runs a job in the built worker. @returns its output and the milliseconds of its stages. */
  run<K extends JobName>(
    job: K,
    input: JobInput<K>,
  ): Promise<{ output: JobOutput<K>; stagesMs: Readonly<Record<string, number>> }>;
  findPage(url: string): Promise<Finding>;
  readonly peers: {
    names(): readonly string[];
    findPage(name: string, url: string): Promise<Finding>;
  };
}

declare global {
  interface Window {
    papel: PageApi;
  }
}
