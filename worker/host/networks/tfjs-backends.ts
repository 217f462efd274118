import * as tf from '@tensorflow/tfjs-core';
import { setThreadsCount, setWasmPaths } from 'virtual:tfjs-wasm';
import type { NetworkBackend, SuppliedTfjs } from '#contract/supplies.ts';
import { startingThreadsHere } from './start-threads.ts';

/** More threads than this do not pay for networks of some 50 million multiply-adds. */
const mostThreads = 4;

/** Names under which tfjs asks for the wasm; what it gets are the bytes that came from the page. */
const wasmNames = {
  'tfjs-backend-wasm.wasm': 'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm': 'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm': 'tfjs-backend-wasm-threaded-simd.wasm',
} as const;

/**
 * Starts tfjs on WebAssembly, the backend that is always there.
 *
 * @throws where the variant does not start, such as threads in a browser whose workers may not start workers
 */
export async function startWasm({ variant, wasm }: SuppliedTfjs): Promise<void> {
  tf.enableProdMode();
  tf.env().set('WASM_HAS_SIMD_SUPPORT', variant !== 'wasm');
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', variant === 'wasm-threads');
  // The bytes are here and checked: tfjs' own fetch, which it calls for them, is given these.
  const { platform } = tf.env();
  const itsFetch = platform.fetch.bind(platform);
  platform.fetch = async () => new Response(wasm, { headers: { 'Content-Type': 'application/wasm' } });
  setWasmPaths(wasmNames, true);
  // Half of the cores are for the page, the camera and the job itself.
  setThreadsCount(variant === 'wasm-threads' ? Math.min(mostThreads, navigator.hardwareConcurrency >> 1) : 1);
  try {
    await (variant === 'wasm-threads' ? startingThreadsHere(setWasm) : setWasm());
  } finally {
    platform.fetch = itsFetch;
  }
}

async function setWasm(): Promise<void> {
  if (!(await tf.setBackend('wasm'))) throw new Error('tfjs did not start on WebAssembly');
}

/**
 * Makes a graphics backend ready and current.
 *
 * @returns whether this device has it; renderers in software count as none, as they are slower than WebAssembly
 * @param evenInSoftware for measurements and tests
 */
export async function startGraphics(backend: 'webgl' | 'webgpu', evenInSoftware: boolean): Promise<boolean> {
  if (!(evenInSoftware || (await hasGraphicsProcessor(backend)))) return false;
  try {
    if (backend === 'webgl') await import('./webgl-backend.ts');
    else await import('./webgpu-backend.ts');
    const started = await tf.setBackend(backend);
    if (started && backend === 'webgpu') watchDevice();
    return started;
  } catch (cause) {
    console.warn(`tfjs does not start on ${backend}.`, cause);
    return false;
  }
}

async function hasGraphicsProcessor(backend: 'webgl' | 'webgpu'): Promise<boolean> {
  if (backend === 'webgpu') return hasWebGpu();
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (context === null) return false;
  const names = context.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = context.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER);
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return !/swiftshader|llvmpipe|software|basic render/i.test(String(renderer));
}

async function hasWebGpu(): Promise<boolean> {
  // Not in TypeScript's own declarations of workers yet.
  const gpu: unknown = Reflect.get(navigator, 'gpu');
  if (typeof gpu !== 'object' || gpu === null || !('requestAdapter' in gpu)) return false;
  if (typeof gpu.requestAdapter !== 'function') return false;
  const adapter: unknown = await gpu.requestAdapter();
  return typeof adapter === 'object' && adapter !== null;
}

let isWebGpuLost = false;

/** A device of WebGPU says by a promise that it is lost. */
function watchDevice(): void {
  isWebGpuLost = false;
  const device: unknown = Reflect.get(tf.backend(), 'device');
  const lost: unknown = typeof device === 'object' && device !== null ? Reflect.get(device, 'lost') : undefined;
  if (lost instanceof Promise) void lost.then(() => (isWebGpuLost = true));
}

/** Whether the current graphics backend has lost its device: what it computes from then on is nothing. */
export function hasLostDevice(backend: NetworkBackend): boolean {
  if (backend === 'webgpu') return isWebGpuLost;
  if (backend !== 'webgl') return false;
  const current: object = tf.backend();
  const gpgpu: unknown = Reflect.get(current, 'gpgpu');
  const gl: unknown = typeof gpgpu === 'object' && gpgpu !== null ? Reflect.get(gpgpu, 'gl') : undefined;
  return gl instanceof WebGL2RenderingContext && gl.isContextLost();
}

/** Leaves a lost graphics backend for WebAssembly; its tensors are gone with it. */
export async function fallBackToWasm(lost: NetworkBackend): Promise<void> {
  await tf.setBackend('wasm');
  if (lost !== 'wasm') tf.removeBackend(lost);
}
