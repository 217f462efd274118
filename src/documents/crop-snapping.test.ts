import { describe, expect, it } from 'vitest';
import { photoPoint, type Quad } from '#contract/images.ts';
import type { EdgeLine } from '#contract/pages.ts';
import { snapCorner, snapSide } from './crop-snapping.ts';

function line(x1: number, y1: number, x2: number, y2: number): EdgeLine {
  return { from: photoPoint(x1, y1), to: photoPoint(x2, y2) };
}

const photo = { width: 1000, height: 1000 };
const top = line(100, 100, 900, 110);
const left = line(100, 120, 90, 900);

describe('snapCorner', () => {
  it('prefers a crossing in reach to a nearer edge', () => {
    const snap = snapCorner(photoPoint(108, 101), [top, left], 15);
    expect(snap?.to).toBe('crossing');
    expect(snap?.point.x).toBeCloseTo(100.25, 1);
    expect(snap?.point.y).toBeCloseTo(100, 1);
  });

  it('drops onto the nearest edge when no crossing is in reach', () => {
    const snap = snapCorner(photoPoint(500, 112), [top, line(0, 118, 1000, 130)], 15);
    expect(snap?.to).toBe('line');
    expect(snap?.point.y).toBeCloseTo(105, 0);
  });

  it('leaves a corner alone that is out of reach', () => {
    expect(snapCorner(photoPoint(500, 200), [top, left], 15)).toBeUndefined();
  });

  it('does not take two findings of one edge for a crossing', () => {
    const again = line(100, 96, 900, 115);
    expect(snapCorner(photoPoint(400, 106), [top, again], 15)?.to).toBe('line');
  });

  it('does not reach far beyond the end of an edge', () => {
    const short = line(400, 500, 440, 500);
    expect(snapCorner(photoPoint(600, 500), [short], 15)).toBeUndefined();
    expect(snapCorner(photoPoint(448, 504), [short], 15)?.point).toEqual({ x: 448, y: 500 });
  });
});

describe('snapSide', () => {
  const corners: Quad = [photoPoint(120, 130), photoPoint(880, 130), photoPoint(900, 900), photoPoint(95, 900)];

  it('lays the side onto a nearly parallel edge, corners still on their neighbours', () => {
    const snapped = snapSide(corners, 0, [top, left], 40, photo);
    expect(snapped?.[0].y).toBeCloseTo(100.3, 0);
    expect(snapped?.[1].y).toBeCloseTo(109.7, 0);
    expect(snapped?.[2]).toEqual(corners[2]);
  });

  it('ignores edges that are too far, too steep or beside the side', () => {
    expect(snapSide(corners, 0, [top], 20, photo)).toBeUndefined();
    expect(snapSide(corners, 0, [line(100, 60, 900, 180)], 40, photo)).toBeUndefined();
    expect(snapSide(corners, 0, [line(910, 125, 990, 126)], 40, photo)).toBeUndefined();
  });

  it('never gives an unsound crop', () => {
    const outside = line(100, -20, 900, -20);
    expect(snapSide(corners, 0, [outside], 200, photo)).toBeUndefined();
  });
});
