import { beforeAll, describe, expect, it } from 'vitest';
import type { RgbaImage } from '#contract/images.ts';
import type { SheetReading } from '#contract/sheets.ts';
import { homographyBetween, type FourPoints, type Homography } from '#worker/vision/geometry.ts';
import { countLiveMats, loadOpenCvInNode } from '#worker/vision/opencv-in-node.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';
import { readSheet } from './read-sheet.ts';
import { createDesign, drawMarker, drawSheet, type SheetPicture } from './testing/draw-answer-sheet.ts';

let cv: OpenCv;
beforeAll(async () => {
  ({ cv } = await loadOpenCvInNode());
});

const design = createDesign();
const labels = Array.from({ length: 20 }, (_, at) => `q${at + 1}`);
const marks: Record<string, string> = Object.fromEntries(
  labels.map((label, at) => [label, 'ABCD'[(at * 7 + 3) % 4] ?? '']),
);
marks['q4'] = '';
marks['q9'] = 'BC';
Object.assign(marks, { n0: '2', n1: '0', n2: '4' });
const right = { number: '204', ...Object.fromEntries(labels.map((label) => [label, marks[label]])) };

const corner = (x: number, y: number) => ({ x, y });
const frame: FourPoints = [corner(0, 0), corner(190, 0), corner(190, 270), corner(0, 270)];

function viewOf(quad: FourPoints): Homography {
  const view = homographyBetween(quad, frame);
  if (view === undefined) throw new Error('The quad is a line');
  return view;
}

const flatQuad: FourPoints = [corner(0, 0), corner(475, 0), corner(475, 675), corner(0, 675)];
const flat: SheetPicture = { marks, toSheet: viewOf(flatQuad), width: 475, height: 675 };
const tiltedQuad: FourPoints = [corner(60, 40), corner(560, 90), corner(520, 730), corner(25, 660)];
const tilted: SheetPicture = { marks, toSheet: viewOf(tiltedQuad), width: 600, height: 760 };

const read = (photo: RgbaImage, outlines: readonly FourPoints[] = [], sheet = design) =>
  readSheet(
    cv,
    photo,
    sheet,
    () => outlines,
    () => {},
  );

function found(reading: SheetReading) {
  if (!reading.found) throw new Error(reading.reason);
  return reading;
}

const valuesOf = (reading: SheetReading) =>
  Object.fromEntries(found(reading).columns.map(({ label, value }) => [label, value]));

describe('a sheet is read', () => {
  it('as it was filled, blank and double marks as such', () => {
    const reading = found(read(drawSheet(design, flat)));
    expect(valuesOf(reading)).toEqual(right);
    expect(reading.flagged).toEqual([]);
    const states = new Map(reading.fields.map(({ label, state }) => [label, state]));
    expect([states.get('q1'), states.get('q4'), states.get('q9')]).toEqual(['marked', 'blank', 'multiple']);
  });

  it.each([
    ['light pencil', { ink: 0.22 }],
    ['crosses', { habit: 'crossed' as const }],
  ])('in %s', (_, pen) => {
    expect(valuesOf(read(drawSheet(design, { ...flat, ...pen })))).toEqual(right);
  });

  it('as blank where nothing was filled, never as all marked', () => {
    const reading = found(read(drawSheet(design, { ...flat, marks: {} })));
    expect(reading.fields.filter(({ state }) => state !== 'blank')).toEqual([]);
  });

  it('upside down and on its side', () => {
    for (const turns of [1, 2, 3]) {
      const quad: FourPoints =
        turns === 2
          ? [corner(475, 675), corner(0, 675), corner(0, 0), corner(475, 0)]
          : turns === 1
            ? [corner(675, 0), corner(675, 475), corner(0, 475), corner(0, 0)]
            : [corner(0, 475), corner(0, 0), corner(675, 0), corner(675, 475)];
      const size = turns === 2 ? { width: 475, height: 675 } : { width: 675, height: 475 };
      expect(valuesOf(read(drawSheet(design, { ...flat, ...size, toSheet: viewOf(quad) }))), `${turns}`).toEqual(right);
    }
  });

  it('tilted, by the outline of its paper, and curled by as much as half a bubble', () => {
    const curl = ({ x, y }: { x: number; y: number }) => ({ x: x + Math.sin(y / 60), y: y + 4 * Math.sin(x / 70 + 1) });
    const reading = found(read(drawSheet(design, { ...tilted, curl }), [tiltedQuad]));
    expect(valuesOf(reading)).toEqual(right);
    expect(reading.blocks.every(({ locked }) => locked)).toBe(true);
  });

  it('a row off its place in the frame', () => {
    const lower: FourPoints = [corner(0, 30), corner(475, 30), corner(475, 705), corner(0, 705)];
    expect(valuesOf(read(drawSheet(design, { ...flat, toSheet: viewOf(lower) })))).toEqual(right);
  });
});

describe('a grid that looks alike both ways up', () => {
  const column = Array.from({ length: 10 }, (_, row) => ({
    label: `q${row + 1}`,
    kind: 'single' as const,
    emptyValue: '',
    bubbles: Array.from('ABCD', (value, at) => ({
      value,
      left: 71.5 + at * 13,
      top: 68 + row * 14,
      width: 8,
      height: 8,
    })),
  }));
  const sheetAt = (shift: number) => {
    const fields = column.map((field) => ({
      ...field,
      bubbles: field.bubbles.map((bubble) => ({ ...bubble, top: bubble.top + shift })),
    }));
    return { ...design, blocks: [{ name: 'only', fields }], customLabels: [], outputColumns: labels.slice(0, 10) };
  };
  const upsideDown = viewOf([corner(475, 675), corner(0, 675), corner(0, 0), corner(475, 0)]);

  it('is up for review where it lies in the middle of its paper', () => {
    const sheet = sheetAt(0);
    const reading = found(read(drawSheet(sheet, { ...flat, toSheet: upsideDown }), [flatQuad], sheet));
    expect(reading.flagged).toHaveLength(10);
  });

  it('is read the right way up where it does not', () => {
    const sheet = sheetAt(5);
    const expected = Object.fromEntries(labels.slice(0, 10).map((label) => [label, marks[label]]));
    expect(valuesOf(read(drawSheet(sheet, { ...flat, toSheet: upsideDown }), [flatQuad], sheet))).toEqual(expected);
  });
});

describe('markers', () => {
  const picture = drawMarker(60);
  const places = frame.map(({ x, y }) => ({ picture, x, y, width: 14 }));
  const byMarkers = createDesign({
    by: 'fiducials',
    fiducials: places.map((place) => ({ kind: 'picture', ...place })),
  });

  it('tell where the sheet lies, even when one is hidden, and leave no native memory', () => {
    const counted = countLiveMats(cv);
    for (const hidden of [undefined, 1]) {
      const stamps = places.filter((_, at) => at !== hidden);
      const photo = drawSheet(byMarkers, { ...tilted, stamps });
      const reading = readSheet(
        counted.cv,
        photo,
        byMarkers,
        () => [],
        () => {},
      );
      expect(valuesOf(reading), `hidden: ${String(hidden)}`).toEqual(right);
    }
    expect(counted.live()).toBe(0);
  });
});

describe('no sheet', () => {
  it('is an answer, with its reason', () => {
    const white = new Uint8ClampedArray(400 * 400 * 4).fill(255);
    expect(read({ width: 400, height: 400, data: white })).toMatchObject({ found: false, reason: 'no-bubbles' });
    expect(read({ width: 40, height: 40, data: white.slice(0, 6400) })).toMatchObject({
      found: false,
      reason: 'too-small',
    });
  });

  it('of this design is never read in silence', () => {
    const other = { ...design, blocks: design.blocks.slice(2), outputColumns: ['number'] };
    const reading = read(drawSheet(other, flat));
    expect(reading.found ? reading.flagged.length : 23).toBe(23);
  });

  it('half outside the photo is up for review', () => {
    const cut: FourPoints = [corner(0, 0), corner(475, 0), corner(475, 900), corner(0, 900)];
    const reading = read(drawSheet(design, { ...flat, toSheet: viewOf(cut), height: 600 }), [cut]);
    const flagged = reading.found ? reading.flagged : labels;
    expect(flagged).toEqual(expect.arrayContaining(['q8', 'q9', 'q10', 'q20']));
  });
});
