import { describe, expect, it } from 'vitest';
import { photoPoint, type Quad } from '#contract/images.ts';
import { afterCapture, countdownShare, watchFrame, watching, type AutoCapture, type Sighting } from './auto-capture.ts';

const frame = { width: 640, height: 360 };
const frameMs = 50;

function pageAt(x: number): Quad {
  return [photoPoint(x, 50), photoPoint(x + 200, 50), photoPoint(x + 200, 310), photoPoint(x, 310)];
}

function sighting(timeMs: number, x: number | undefined, over: Partial<Sighting> & { id?: number } = {}): Sighting {
  const { id = 1, ...rest } = over;
  const page = x === undefined ? undefined : { id, corners: pageAt(x) };
  return { timeMs, frame, page, sharpness: 100, ready: true, ...rest };
}

/** Runs frames from `fromMs` to `toMs` and counts the pictures taken. */
function run(
  state: AutoCapture,
  fromMs: number,
  toMs: number,
  at: (timeMs: number) => Sighting,
): { state: AutoCapture; shots: number[] } {
  const shots: number[] = [];
  let current = state;
  for (let timeMs = fromMs; timeMs < toMs; timeMs += frameMs) {
    const next = watchFrame(current, at(timeMs));
    current = next.state;
    if (next.fire) shots.push(timeMs);
  }
  return { state: current, shots };
}

describe('taking the picture', () => {
  it('takes a steady page once, 1.3 s after it came to rest, and never again while it lies there', () => {
    const { shots, state } = run(watching, 0, 60_000, (timeMs) => sighting(timeMs, 100 + (timeMs % 3)));
    expect(shots).toEqual([1300]);
    expect(state.phase).toBe('taken');
  });

  it('shows a countdown before it does', () => {
    const { state } = run(watching, 0, 950, (timeMs) => sighting(timeMs, 100));
    expect(state.phase).toBe('counting');
    expect(countdownShare(state, 900)).toBeCloseTo(0.5, 1);
    expect(countdownShare(watching, 900)).toBeUndefined();
  });

  it('calls the countdown off when the page moves, and starts over', () => {
    const counting = run(watching, 0, 900, (timeMs) => sighting(timeMs, 100)).state;
    expect(counting.phase).toBe('counting');
    const moved = watchFrame(counting, sighting(900, 125));
    expect(moved.fire).toBe(false);
    expect(moved.state.phase).toBe('steady');
    expect(run(moved.state, 950, 2150, (timeMs) => sighting(timeMs, 125)).shots).toEqual([]);
    expect(run(moved.state, 950, 2300, (timeMs) => sighting(timeMs, 125)).shots).toEqual([2200]);
  });

  it.each([
    ['the page is lost', sighting(900, undefined)],
    ['it is too dark or not whole', sighting(900, 100, { ready: false })],
  ])('calls the countdown off when %s', (_, seen) => {
    const counting = run(watching, 0, 900, (timeMs) => sighting(timeMs, 100)).state;
    expect(watchFrame(counting, seen).state.phase).toBe('watching');
  });

  it('waits for the lens: a blurred stretch starts the wait again', () => {
    const { shots } = run(watching, 0, 4000, (timeMs) =>
      sighting(timeMs, 100, { sharpness: timeMs >= 600 && timeMs < 1000 ? 40 : 100 }),
    );
    expect(shots).toHaveLength(1);
    expect(shots[0]).toBeGreaterThanOrEqual(2250);
  });

  it('takes a page in the end that stays less sharp than it was at first', () => {
    const { shots } = run(watching, 0, 8000, (timeMs) => sighting(timeMs, 100, { sharpness: timeMs < 400 ? 100 : 40 }));
    expect(shots).toHaveLength(1);
    expect(shots[0]).toBeGreaterThan(3000);
  });

  it('does not take a page that drifts all the time', () => {
    expect(run(watching, 0, 5000, (timeMs) => sighting(timeMs, 50 + timeMs / 20)).shots).toEqual([]);
  });
});

describe('the next page', () => {
  const taken = afterCapture(sighting(0, 100));

  it('is taken after the first was away for a while', () => {
    const away = run(taken, 50, 1000, (timeMs) => sighting(timeMs, undefined)).state;
    expect(run(away, 1000, 4000, (timeMs) => sighting(timeMs, 100, { id: 2 })).shots).toHaveLength(1);
  });

  it('is not mistaken in a hand that passes over the page', () => {
    const covered = run(taken, 50, 600, (timeMs) => sighting(timeMs, undefined)).state;
    const back = run(covered, 600, 5000, (timeMs) => sighting(timeMs, 102, { id: 2 }));
    expect(back.shots).toEqual([]);
  });

  it('is not mistaken in an outline that a slow device misses for two readings', () => {
    const missedTwice = [sighting(600, undefined), sighting(1300, undefined), sighting(2000, 101, { id: 2 })];
    let state = taken;
    for (const seen of missedTwice) state = watchFrame(state, seen).state;
    expect(run(state, 2050, 6000, (timeMs) => sighting(timeMs, 101, { id: 2 })).shots).toEqual([]);
  });

  it('is not mistaken in a page that comes back after the finder took something else for a moment', () => {
    const strayed = run(taken, 50, 600, (timeMs) => sighting(timeMs, 350, { id: 2 }));
    expect(strayed.shots).toEqual([]);
    expect(run(strayed.state, 600, 6000, (timeMs) => sighting(timeMs, 101, { id: 3 })).shots).toEqual([]);
  });

  it('is taken when the outline jumps to another place', () => {
    expect(run(taken, 50, 3000, (timeMs) => sighting(timeMs, 300, { id: 2 })).shots).toHaveLength(1);
  });

  it('is not mistaken in a camera that drifts over the same page', () => {
    expect(run(taken, 50, 6000, (timeMs) => sighting(timeMs, Math.min(180, 100 + timeMs / 50))).shots).toEqual([]);
  });

  it('is taken when the camera has wandered to it', () => {
    expect(run(taken, 50, 8000, (timeMs) => sighting(timeMs, Math.min(340, 100 + timeMs / 20))).shots).toHaveLength(1);
  });

  it('is told from a page that was taken by hand before it was outlined', () => {
    const byHand = afterCapture(sighting(0, undefined));
    expect(run(byHand, 50, 4000, (timeMs) => sighting(timeMs, 100)).shots).toEqual([]);
  });
});
