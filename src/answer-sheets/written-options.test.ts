import { expect, test, vi } from 'vitest';
import { readingOptionsOf } from './written-options.ts';

const isOn = vi.hoisted(() => ({ value: true }));

vi.mock('#src/regions/regions.ts', () => ({
  currentRegion: () => ({ config: { features: { handwriting: { isOn: isOn.value } } } }),
}));

test('boxes are left to a person where reading handwriting is switched off', () => {
  expect(readingOptionsOf({ correction: 'none' })).toEqual({ correction: 'none' });
  isOn.value = false;
  expect(readingOptionsOf({ correction: 'cross-out' })).toEqual({ correction: 'cross-out', leavesBoxes: true });
});
