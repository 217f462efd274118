import { describe, expect, it } from 'vitest';
import { chooseBackend } from './backend-choice.ts';

const wasm = { backend: 'wasm', ms: 20, difference: 0 } as const;

describe('chooseBackend', () => {
  it('takes the fastest', () => {
    const webgl = { backend: 'webgl', ms: 8, difference: 0.001 } as const;
    expect(chooseBackend([wasm, webgl])).toBe('webgl');
    expect(chooseBackend([wasm, webgl, { backend: 'webgpu', ms: 5, difference: 0.001 }])).toBe('webgpu');
  });

  it('stays with WebAssembly where the gain is small', () => {
    expect(chooseBackend([wasm, { backend: 'webgl', ms: 17, difference: 0 }])).toBe('wasm');
  });

  it('never takes one that computes something else, however fast', () => {
    expect(chooseBackend([wasm, { backend: 'webgl', ms: 1, difference: 0.2 }])).toBe('wasm');
    expect(chooseBackend([wasm, { backend: 'webgpu', ms: 1, difference: Infinity }])).toBe('wasm');
  });

  it('is WebAssembly where nothing was measured', () => {
    expect(chooseBackend([])).toBe('wasm');
  });
});
