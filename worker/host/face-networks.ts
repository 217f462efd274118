import { CodedFailure } from '#contract/failures.ts';
import type { NetworkName } from '#contract/supplies.ts';
import type { FaceNetwork } from '#worker/faces/face-network.ts';
import type { Runtime } from './runtime.ts';

/** From the better one, which only operators who have made it offer, to the one that is always there. */
const networks: readonly { readonly name: NetworkName; readonly family: FaceNetwork['family'] }[] = [
  { name: 'face-detection-yunet', family: 'yunet' },
  { name: 'face-detection', family: 'blazeface' },
];

/**
 * The best face detector that this worker can have, started once and then kept: within one worker, every answer is of the same
 * detector.
 *
 * @returns a function that throws CodedFailure `model-unavailable` where none can be had, `runtime-unavailable`
 */
export function createFaceNetworks(runtime: Pick<Runtime, 'network'>): () => Promise<FaceNetwork> {
  let started: Promise<FaceNetwork> | undefined;
  return async () => {
    started ??= startBest(runtime);
    try {
      return await started;
    } catch (cause) {
      started = undefined;
      throw cause;
    }
  };
}

async function startBest(runtime: Pick<Runtime, 'network'>): Promise<FaceNetwork> {
  let missing: unknown;
  for (const { name, family } of networks) {
    try {
      const network = await runtime.network(name);
      return {
        family,
        detector: `${name} ${network.version}`,
        run: (input, { width, height }) => network.run(input, [1, height, width, 3]),
      };
    } catch (cause) {
      if (!(cause instanceof CodedFailure) || cause.failure.code !== 'model-unavailable') throw cause;
      missing = cause;
    }
  }
  throw missing;
}
