import { describe, expect, it } from 'vitest';
import { capitals, digits } from '#contract/handwriting.ts';
import { characterPx, normaliseCharacter } from './normalise-character.ts';
import { readCharacters, readInk, type ClassifyCharacter } from './read-characters.ts';
import { drawBoxes, strokesOf } from './testing/draw-boxes.ts';

const classes = `${digits}${capitals}${capitals.toLowerCase()}#?`;

/** A network that says this of every picture; `#` is struck out. */
function saying(chances: Readonly<Record<string, number>>, calls: number[] = []): ClassifyCharacter {
  return async (picture) => {
    calls.push(picture.length);
    return Float32Array.from(classes, (name) => chances[name] ?? 0);
  };
}

const ink = { width: 3, height: 3, values: Float32Array.of(0, 1, 0, 0, 1, 0, 0, 1, 0) };
const readOne = async (alphabet: string, chances: Readonly<Record<string, number>>) =>
  (await readInk([{ ink, alphabet }], saying(chances)))[0];

describe('readInk', () => {
  it('takes a sure character and says how sure, also of the others', async () => {
    const reading = await readOne('ABC', { B: 0.97, A: 0.02, '?': 0.01 });
    expect(reading).toMatchObject({ state: 'read', character: 'B' });
    expect(reading?.probability).toBeCloseTo(0.97);
    expect(reading?.alternatives.map(({ character }) => character)).toEqual(['B', 'A', 'C']);
    expect(Math.exp(reading?.alternatives[1]?.logProbability ?? 0)).toBeCloseTo(0.02);
  });

  it.each([
    ['two that are alike likely', 'ABC', { A: 0.5, B: 0.5 }],
    ['something that the box may not hold', 'ABCDE', { K: 0.95, A: 0.04, B: 0.01 }],
    ['no single character', digits, { '?': 0.9, '7': 0.1 }],
  ])('leaves %s to a person, with a guess', async (_what, alphabet, chances) => {
    const reading = await readOne(alphabet, chances);
    expect(reading?.state).toBe('doubtful');
    expect(alphabet).toContain(reading?.character);
  });

  it('does not doubt a 0 among digits because it may be an O, but does among letters and digits', async () => {
    const chances = { O: 0.55, '0': 0.44 };
    expect(await readOne(digits, chances)).toMatchObject({ state: 'read', character: '0' });
    expect(await readOne(capitals, chances)).toMatchObject({ state: 'read', character: 'O' });
    expect(await readOne(capitals + digits, chances)).toMatchObject({ state: 'doubtful' });
  });

  it('is content with less for a digit than for a letter', async () => {
    expect(await readOne(digits, { '3': 0.8, '?': 0.2 })).toMatchObject({ state: 'read' });
    expect(await readOne('ABCDE', { B: 0.8, '?': 0.2 })).toMatchObject({ state: 'doubtful' });
  });

  it('reads small letters as capitals', async () => {
    expect(await readOne(capitals, { q: 1 })).toMatchObject({ state: 'read', character: 'Q' });
  });

  it('looks at what is doubtful from several sides, and once at what is sure', async () => {
    const later = { H: 0.98, A: 0.02 };
    const looks: Readonly<Record<string, number>>[] = [{ A: 0.6, H: 0.4 }, later, later, later, later];
    const pictures: Float32Array[] = [];
    const classify: ClassifyCharacter = async (picture) => {
      const chances = looks[pictures.push(picture) - 1] ?? {};
      return Float32Array.from(classes, (name) => chances[name] ?? 0);
    };
    const [reading] = await readInk([{ ink, alphabet: capitals }], classify);
    expect(reading).toMatchObject({ state: 'read', character: 'H' });
    expect(pictures).toHaveLength(5);
    expect(new Set(pictures.map(String)).size).toBe(5);
    const calls: number[] = [];
    await readInk([{ ink, alphabet: capitals }], saying({ A: 0.96 }, calls));
    expect(calls).toHaveLength(1);
  });

  it('chooses as if small letters were rare, and doubts what may well be one', async () => {
    expect(await readOne(capitals, { q: 0.7, G: 0.3 })).toMatchObject({ state: 'doubtful', character: 'G' });
    expect(await readOne(capitals, { q: 0.98, G: 0.02 })).toMatchObject({ state: 'read', character: 'Q' });
  });

  it('says what is struck out', async () => {
    expect(await readOne(digits, { '#': 0.9, '8': 0.1 })).toEqual({
      state: 'scribbled',
      probability: 0,
      alternatives: [],
    });
  });
});

describe('readCharacters', () => {
  it('answers for each box in its place, and sends the network only what is written', async () => {
    const calls: number[] = [];
    const filled = Array.from({ length: 12 }, (_, at) => [
      [0.04, 0.04 + at * 0.083] as const,
      [0.96, 0.04 + at * 0.083] as const,
    ]);
    const { picture, outlines } = drawBoxes([
      { strokes: [] },
      { strokes: strokesOf['7'] ?? [] },
      { strokes: filled, width: 0.1 },
      { strokes: strokesOf['0'] ?? [] },
      { strokes: [] },
    ]);
    const boxes = outlines.map((outline) => ({ outline, alphabet: digits }));
    const readings = await readCharacters(picture, boxes, saying({ '7': 1 }, calls));
    expect(readings.map(({ state }) => state)).toEqual(['blank', 'read', 'scribbled', 'read', 'blank']);
    expect(calls).toEqual([784, 784]);
  });

  it('leaves a box without area, or outside of the picture, to a person', async () => {
    const { picture } = drawBoxes([{ strokes: [] }]);
    const at = (x: number, y: number) => ({ x, y });
    const boxes = [
      { outline: [at(10, 10), at(10, 10), at(10, 10), at(10, 10)] as const, alphabet: digits },
      { outline: [at(-900, -900), at(-850, -900), at(-850, -850), at(-900, -850)] as const, alphabet: digits },
    ];
    const readings = await readCharacters(picture, boxes, saying({}));
    expect(readings.map(({ state }) => state)).toEqual(['doubtful', 'doubtful']);
  });
});

describe('normaliseCharacter', () => {
  it.each([
    ['small', 9, 12],
    ['large', 90, 120],
    ['wide', 100, 30],
  ])('makes a %s character 20 pixels long and centres it', (_what, width, height) => {
    const size = 160;
    const values = new Float32Array(size * size);
    for (let y = 20; y < 20 + height; y++) for (let x = 7; x < 7 + width; x++) values[y * size + x] = 0.6;
    const out = normaliseCharacter({ width: size, height: size, values });
    const rows = Array.from({ length: characterPx }, (_none, y) =>
      Math.max(...out.subarray(y * characterPx, (y + 1) * characterPx)),
    );
    const columns = Array.from({ length: characterPx }, (_none, x) =>
      Math.max(...Array.from({ length: characterPx }, (_no, y) => out[y * characterPx + x] ?? 0)),
    );
    const spanOf = (line: readonly number[]) =>
      line.findLastIndex((value) => value > 0.5) - line.findIndex((value) => value > 0.5) + 1;
    expect(Math.max(...out)).toBeCloseTo(1);
    expect(Math.abs(Math.max(spanOf(rows), spanOf(columns)) - 20)).toBeLessThanOrEqual(1);
    const middleOf = (line: readonly number[]) =>
      (line.findLastIndex((value) => value > 0.5) + line.findIndex((value) => value > 0.5)) / 2;
    expect(Math.abs(middleOf(rows) - 13.5)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(middleOf(columns) - 13.5)).toBeLessThanOrEqual(0.5);
  });

  it('makes nothing of nothing', () => {
    expect(Math.max(...normaliseCharacter({ width: 4, height: 4, values: new Float32Array(16) }))).toBe(0);
  });
});
