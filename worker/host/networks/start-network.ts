import type { NetworkName, SuppliedModel } from '#contract/supplies.ts';
import type { SupplyDesk } from '../supply-desk.ts';
import type { Network } from './network.ts';
import { readModel } from './read-model.ts';
import { startGraphics, startWasm } from './tfjs-backends.ts';
import { TfjsNetwork } from './tfjs-network.ts';

let wasmStarted: Promise<void> | undefined;

/** tfjs on WebAssembly, once for all networks of this worker. A failed start is forgotten. */
export async function startTfjs(desk: SupplyDesk): Promise<void> {
  wasmStarted ??= startAnyWasm(desk);
  try {
    await wasmStarted;
  } catch (cause) {
    wasmStarted = undefined;
    throw cause;
  }
}

async function startAnyWasm(desk: SupplyDesk): Promise<void> {
  const supplied = await desk.order('tfjs');
  if (supplied.variant !== 'wasm-threads') return startWasm(supplied);
  try {
    return await startWasm(supplied);
  } catch (cause) {
    console.warn('tfjs goes on without threads.', cause);
    return startWasm(await desk.order('tfjs-one-thread'));
  }
}

/**
 * Starts a network on the backend that the page names for this device, or on WebAssembly where that one does not start.
 *
 * @throws CodedFailure `model-unavailable`, `runtime-unavailable`
 */
export async function startNetwork(desk: SupplyDesk, name: NetworkName): Promise<Network> {
  const [supplied] = await Promise.all([desk.order(name), startTfjs(desk)]);
  return startOn(supplied);
}

async function startOn({ version, files, backend, evenInSoftware }: SuppliedModel): Promise<Network> {
  const model = readModel(files);
  const onGraphics = backend !== 'wasm' && (await startGraphics(backend, evenInSoftware));
  return TfjsNetwork.create(model, onGraphics ? backend : 'wasm', version);
}
