import type { NetworkName } from '#contract/supplies.ts';
import { fetchModel } from '#src/delivery/fetch-model.ts';
import { keepBackendChoice, readBackendChoice, type BackendChoice } from './backend-choice.ts';
import { engine } from './engine.ts';

/** What was found out about this device before, for this very model; `undefined` if nothing. */
export async function readDeviceCheck(network: NetworkName): Promise<BackendChoice | undefined> {
  const { digest } = await fetchModel(network);
  return readBackendChoice(network, digest);
}

/**
 * Runs a network on every backend of this device and keeps which is best; workers that start from now on use it.
 *
 * @throws CodedFailure `model-unavailable`, `runtime-unavailable`, and what jobs throw
 */
export async function checkDevice(network: NetworkName): Promise<BackendChoice | undefined> {
  const { digest } = await fetchModel(network);
  const { readings } = await engine.run('networks.measure', { network });
  keepBackendChoice(network, digest, readings);
  return readBackendChoice(network, digest);
}
