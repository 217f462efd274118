import { describe, expect, it } from 'vitest';
import { photoPoint } from '#contract/images.ts';
import { adviseOn, isReady, noHints, type HintReading, type ScanHints } from './scan-screen-hints.ts';

const frame = { width: 640, height: 360 };

function seen(timeMs: number, over: Partial<HintReading> & { x?: number; id?: number } = {}): HintReading {
  const { x = 200, id = 1, ...rest } = over;
  const corners = [photoPoint(x, 50), photoPoint(x + 200, 50), photoPoint(x + 200, 310), photoPoint(x, 310)] as const;
  const track = { id, corners, cornerConfidence: [1, 1, 1, 1] as const, missedSinceMs: undefined };
  return { timeMs, frame, track, brightness: 120, sharpness: 50, coverage: 0.3, ...rest };
}

function advise(readings: readonly HintReading[]): ScanHints {
  let hints = noHints;
  for (const reading of readings) hints = adviseOn(hints, reading);
  return hints;
}

/** Frames at 20 a second for `lastsMs`. */
function frames(fromMs: number, lastsMs: number, at: (timeMs: number) => HintReading): HintReading[] {
  return Array.from({ length: Math.ceil(lastsMs / 50) }, (_, index) => at(fromMs + index * 50));
}

const noTrack = { track: undefined, coverage: 0 } as const;

describe('what is said', () => {
  it.each([
    ['ready', {}],
    ['tooDark', { brightness: 30 }],
    ['noPage', noTrack],
    ['tooDark', { ...noTrack, brightness: 30 }],
    ['wholePage', { x: 1 }],
    ['wholePage', { x: -10 }],
    ['moveCloser', { coverage: 0.1 }],
  ] as const)('%s: %#', (hint, over) => {
    expect(advise(frames(0, 1000, (timeMs) => seen(timeMs, over))).hint).toBe(hint);
  });

  it('asks to hold still while the page moves', () => {
    const hints = advise(frames(0, 1500, (timeMs) => seen(timeMs, { x: 20 + timeMs / 4 })));
    expect(hints.hint).toBe('holdStill');
    expect(isReady(hints)).toBe(false);
  });

  it('asks to hold still when the picture is much less sharp than it was', () => {
    const sharp = frames(0, 500, (timeMs) => seen(timeMs));
    const blurred = frames(500, 1000, (timeMs) => seen(timeMs, { sharpness: 15 }));
    expect(advise([...sharp, ...blurred]).hint).toBe('holdStill');
  });

  it('answers the first frame at once', () => {
    expect(advise([seen(0, noTrack)]).hint).toBe('noPage');
  });
});

describe('how steadily it is said', () => {
  it('does not change for a few frames that say something else', () => {
    const steady = frames(0, 1000, (timeMs) => seen(timeMs));
    const gap = frames(1000, 400, (timeMs) => seen(timeMs, noTrack));
    expect(advise([...steady, ...gap]).hint).toBe('ready');
    expect(advise([...steady, ...gap, ...frames(1400, 200, (timeMs) => seen(timeMs, noTrack))]).hint).toBe('noPage');
  });

  it('does not flicker when a value trembles about its limit', () => {
    let hints = noHints;
    const said = new Set<string>();
    for (const [index, reading] of frames(0, 6000, (timeMs) => seen(timeMs)).entries()) {
      hints = adviseOn(hints, { ...reading, coverage: index % 2 === 0 ? 0.175 : 0.19 });
      if (reading.timeMs > 1000) said.add(hints.hint);
    }
    expect(said.size).toBe(1);
  });

  it('keeps a hint until things are clearly better', () => {
    const far = frames(0, 1000, (timeMs) => seen(timeMs, { coverage: 0.1 }));
    const nearly = frames(1000, 1000, (timeMs) => seen(timeMs, { coverage: 0.2 }));
    const close = frames(2000, 1000, (timeMs) => seen(timeMs, { coverage: 0.24 }));
    expect(advise([...far, ...nearly]).hint).toBe('moveCloser');
    expect(advise([...far, ...nearly, ...close]).hint).toBe('ready');
  });
});
