import type { KeptEvent } from './telemetry-store.ts';

/** The texts of an event: enums, and digests of a build or two. By their columns' names in every store, in this order. */
export const labelColumns = [
  'kind',
  'name',
  'market',
  'device_class',
  'app',
  'outcome',
  'failure',
  'backend',
  'models',
] as const;

interface NumberedLabels {
  readonly number: number;
  readonly labels: readonly (string | null)[];
}

function labelsOf(event: KeptEvent): NumberedLabels['labels'] {
  const { kind, name, market, deviceClass, app, outcome, failure, backend, models } = event;
  return [kind, name, market, deviceClass, app, outcome, failure, backend, models];
}

interface Branch {
  readonly next: Map<string | null, Branch>;
  number: number | undefined;
}

const newBranch = (): Branch => ({ next: new Map(), number: undefined });

/** Numbers the sets of texts that events have, from 1 on: some hundred sets, so that an event's nine texts are one number. */
export class LabelSets {
  #root = newBranch();
  #fresh: NumberedLabels[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Numbered since the last `clear`, and not yet taken off by `keep`. */
  get fresh(): readonly NumberedLabels[] {
    return this.#fresh;
  }

  numberOf(event: KeptEvent): number {
    const labels = labelsOf(event);
    let branch = this.#root;
    for (const label of labels) {
      const next = branch.next.get(label) ?? newBranch();
      branch.next.set(label, next);
      branch = next;
    }
    if (branch.number === undefined) {
      this.#size += 1;
      branch.number = this.#size;
      this.#fresh.push({ number: branch.number, labels });
    }
    return branch.number;
  }

  /** Whoever the numbers are for has all of them. */
  keep(): void {
    this.#fresh = [];
  }

  clear(): void {
    this.#root = newBranch();
    this.#fresh = [];
    this.#size = 0;
  }
}
