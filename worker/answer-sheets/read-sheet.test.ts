import { beforeAll, describe, expect, it } from 'vitest';
import type { RgbaImage } from '#contract/images.ts';
import type { SheetReading } from '#contract/sheets.ts';
import { homographyBetween, type FourPoints, type Homography } from '#worker/vision/geometry.ts';
import { countLiveMats, loadOpenCvInNode } from '#worker/vision/opencv-in-node.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';
import { arucoRows } from './layout/aruco-marks.ts';
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

/** Twenty pixels to a cell. */
function drawArucoMark(id: number): RgbaImage {
  const rows = arucoRows(id);
  const side = 20 * rows.length;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      if (rows[Math.floor(y / 20)]?.[Math.floor(x / 20)] === true)
        data.fill(20, (y * side + x) * 4, (y * side + x) * 4 + 3);
  return { width: side, height: side, data };
}

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

describe('bubbles that are alone in their fields, as minus signs are', () => {
  const signs = {
    name: 'signs',
    fields: Array.from({ length: 8 }, (_, at) => ({
      label: `minus${at + 1}`,
      kind: 'multiple' as const,
      emptyValue: '',
      bubbles: [{ value: '-', left: 30, top: 20 + at * 11, width: 8, height: 8 }],
    })),
  };
  const withSigns = { ...design, blocks: [...design.blocks, signs] };

  it.each([
    ['filled', { habit: 'filled' as const }],
    ['filled lightly', { habit: 'filled' as const, ink: 0.22 }],
    ['crossed', { habit: 'crossed' as const }],
  ])('are read where nearly all of them are %s', (_, pen) => {
    const minus = Object.fromEntries(signs.fields.map(({ label }, at) => [label, at === 2 ? '' : '-']));
    const photo = drawSheet(withSigns, { ...flat, ...pen, marks: { ...marks, ...minus } });
    const reading = found(
      readSheet(
        cv,
        photo,
        withSigns,
        () => [],
        () => {},
      ),
    );
    const states = reading.fields.filter(({ label }) => label.startsWith('minus')).map(({ state }) => state);
    expect(states.filter((_state, at) => at !== 2)).toEqual(Array(7).fill('marked'));
    // Where crosses hide what is printed in them, what is printed in the empty one may be a stroke.
    expect(states[2]).toBe(pen.habit === 'crossed' ? 'doubtful' : 'blank');
  });
});

describe('a line that strayed over a bubble of crosses', () => {
  it.each(['q4', 'q11'])('puts %s up for review', (label) => {
    const bubble = design.blocks.flatMap(({ fields }) => fields).find((field) => field.label === label)?.bubbles[0];
    const photo = drawSheet(design, { ...flat, habit: 'crossed' });
    const [left, y] = [2.5 * (bubble?.left ?? 0) + 3, Math.round(2.5 * ((bubble?.top ?? 0) + 4)) - 1];
    for (let row = y; row < y + 3; row++)
      photo.data.fill(47, (row * photo.width + Math.round(left)) * 4, (row * photo.width + Math.round(left) + 14) * 4);
    expect(found(read(photo)).flagged).toEqual([label]);
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

describe('a page on which all is written by hand', () => {
  const ids = [0, 1, 2, 3];
  const inset = [corner(12, 12), corner(178, 12), corner(178, 258), corner(12, 258)];
  const places = ids.map((id) => ({ x: inset[id]?.x ?? 0, y: inset[id]?.y ?? 0, width: 14 }));
  const page = {
    ...createDesign({ by: 'fiducials', fiducials: places.map((place, id) => ({ kind: 'aruco', id, ...place })) }),
    blocks: [],
    customLabels: [],
    outputColumns: [],
  };

  it('lies where its marks are', () => {
    const stamps = places.map((place, id) => ({ ...place, picture: drawArucoMark(id) }));
    const reading = found(read(drawSheet(page, { ...tilted, stamps }), [flatQuad], page));
    expect(reading).toMatchObject({ blocks: [], fields: [], columns: [], flagged: [] });
    reading.corners.forEach(({ x, y }, at) => {
      const expected = tiltedQuad[at] ?? corner(0, 0);
      expect(Math.hypot(x - expected.x, y - expected.y)).toBeLessThan(3);
    });
  });

  it('is not taken to be any paper', () => {
    const reading = read(drawSheet(page, tilted), [tiltedQuad], page);
    expect(reading).toMatchObject({ found: false, reason: 'no-fiducials' });
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
