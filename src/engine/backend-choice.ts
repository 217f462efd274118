import { networkBackends, type BackendReading, type NetworkBackend, type NetworkName } from '#contract/supplies.ts';

/**
 * Outputs are probabilities; a backend whose results are farther than this from WebAssembly's on any of them is not
 * taken. Graphics processors of phones calculate with 16 bits, which came to 0.02 in such networks.
 */
const mostDifference = 0.05;

/** A graphics processor has to win clearly: it also warms the phone, and the camera's preview shares it. */
const leastGain = 1.25;

/** What was measured on this device, and what follows from it. */
export interface BackendChoice {
  readonly backend: NetworkBackend;
  readonly readings: readonly BackendReading[];
}

/** The fastest backend that agrees with WebAssembly. */
export function chooseBackend(readings: readonly BackendReading[]): NetworkBackend {
  const wasmMs = readings.find(({ backend }) => backend === 'wasm')?.ms ?? Infinity;
  const [best] = readings
    .filter(
      ({ backend, difference, ms }) => backend === 'wasm' || (difference <= mostDifference && ms * leastGain < wasmMs),
    )
    .toSorted((a, b) => a.ms - b.ms);
  return best?.backend ?? 'wasm';
}

function keyOf(name: NetworkName): string {
  return `papel-backend-${name}`;
}

/** A choice holds for one model and one build: either may run differently after an update. */
function markOf(digest: string): string {
  return `${digest} ${__BUILD_ID__}`;
}

/** The choice made for this very model, or `undefined` where it was not measured yet. */
export function readBackendChoice(name: NetworkName, digest: string): BackendChoice | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(name)) ?? 'null');
    if (typeof stored !== 'object' || stored === null || !('mark' in stored) || stored.mark !== markOf(digest)) {
      return undefined;
    }
    const readings = 'readings' in stored && Array.isArray(stored.readings) ? stored.readings.filter(isReading) : [];
    return { backend: chooseBackend(readings), readings };
  } catch {
    // Storage is refused, or holds something else: measured again.
    return undefined;
  }
}

export function keepBackendChoice(name: NetworkName, digest: string, readings: readonly BackendReading[]): void {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify({ mark: markOf(digest), readings }));
  } catch {
    // Without storage, each visit runs on WebAssembly until it has measured.
  }
}

function isReading(value: unknown): value is BackendReading {
  return (
    typeof value === 'object' &&
    value !== null &&
    'backend' in value &&
    networkBackends.some((backend) => backend === value.backend) &&
    'ms' in value &&
    typeof value.ms === 'number' &&
    'difference' in value &&
    typeof value.difference === 'number'
  );
}
