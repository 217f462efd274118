import { expect, test } from 'vitest';
import { withDensity } from './id-jpeg-density.ts';

const scan = [0xff, 0xdb, 0, 3, 7, 0xff, 0xd9];
const said = [0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 2, 1, 1, 44, 1, 44, 0, 0, ...scan];

test('300 dots an inch replace what the encoder wrote, its thumbnail too', () => {
  const jfif = [0xff, 0xe0, 0, 19, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 1, 1, 9, 9, 9];
  expect([...withDensity(new Uint8Array([0xff, 0xd8, ...jfif, ...scan]), 300)]).toEqual(said);
});

test('are put in where it wrote nothing', () => {
  expect([...withDensity(new Uint8Array([0xff, 0xd8, ...scan]), 300)]).toEqual(said);
});
