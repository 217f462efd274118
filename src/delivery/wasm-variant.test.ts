import { afterEach, expect, test, vi } from 'vitest';
import { deviceVariant, filterForDevice, type WasmVariant } from './wasm-variant.ts';

const files: readonly { readonly path: string; readonly variant?: WasmVariant }[] = [
  { path: 'worker.js' },
  { path: 'plain.wasm', variant: 'wasm' },
  { path: 'simd.wasm', variant: 'wasm-simd' },
  { path: 'threads.wasm', variant: 'wasm-threads' },
];
const pathsFor = (device: WasmVariant, listed = files) => filterForDevice(listed, device).map(({ path }) => path);

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test.each<[WasmVariant, string]>([
  ['wasm', 'plain.wasm'],
  ['wasm-simd', 'simd.wasm'],
  ['wasm-threads', 'threads.wasm'],
])('a device of %s gets %s and nothing for others', (device, path) => {
  expect(pathsFor(device)).toEqual(['worker.js', path]);
});

test('of the reader of print, a device gets the one form that it runs', () => {
  const reader = [
    { path: 'plain', variant: 'tesseract-plain' },
    { path: 'simd', variant: 'tesseract-simd' },
    { path: 'relaxed', variant: 'tesseract-relaxed-simd' },
  ] as const;
  vi.spyOn(WebAssembly, 'validate').mockReturnValueOnce(false);
  expect(filterForDevice(reader, 'wasm-threads').map(({ path }) => path)).toEqual(['plain']);
  vi.spyOn(WebAssembly, 'validate').mockReturnValueOnce(true).mockReturnValueOnce(false);
  expect(filterForDevice(reader, 'wasm').map(({ path }) => path)).toEqual(['simd']);
});

test('a device gets the best of what there is', () => {
  expect(pathsFor('wasm-threads', files.slice(0, 3))).toEqual(['worker.js', 'simd.wasm']);
  expect(pathsFor('wasm-threads', files.slice(0, 1))).toEqual(['worker.js']);
});

test('threads are for isolated pages and several cores, SIMD for engines that know it', () => {
  vi.stubGlobal('navigator', { hardwareConcurrency: 4 });
  vi.stubGlobal('crossOriginIsolated', true);
  expect(deviceVariant()).toBe('wasm-threads');
  vi.stubGlobal('navigator', { hardwareConcurrency: 2 });
  expect(deviceVariant()).toBe('wasm-simd');
  vi.stubGlobal('navigator', { hardwareConcurrency: 4 });
  vi.stubGlobal('crossOriginIsolated', false);
  expect(deviceVariant()).toBe('wasm-simd');
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  expect(deviceVariant()).toBe('wasm');
});
