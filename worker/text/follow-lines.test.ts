import { describe, expect, it } from 'vitest';
import { followLines, straightenLetters } from './follow-lines.ts';
import { asLetters, setLine } from './testing/set-letters.ts';

const page = { width: 800, height: 1000 };
const lines = Array.from({ length: 25 }, (_, at) => setLine(60, 60 + at * 36, 55));

/** A sheet that bends up in the middle, less so towards its foot, and lies askew. */
const curl = (x: number, y: number) => 24 * Math.sin((Math.PI * x) / page.width) * (1 - y / 2000) + 0.02 * x;

const bent = lines.flat().map((box, at) => {
  const by = curl((box.left + box.right) / 2, box.bottom);
  // Every seventh letter reaches below its line.
  const tail = at % 7 === 0 ? 3 : 0;
  return { ...box, top: box.top + by, bottom: box.bottom + by + tail };
});

describe('followLines', () => {
  it('finds the curl of a page from its lines, whatever hangs below them', () => {
    const bend = followLines(asLetters(bent), page);
    const straight = straightenLetters(asLetters(bent), bend).boxes;
    const levels = lines.map((line, at) =>
      straight.slice(at * line.length, (at + 1) * line.length).map(({ bottom }) => bottom),
    );
    const worst = Math.max(
      ...levels.map((feet) => {
        const onLine = feet.toSorted((a, b) => a - b).slice(0, Math.floor(feet.length * 0.8));
        return (onLine.at(-1) ?? 0) - (onLine[0] ?? 0);
      }),
    );
    expect(worst).toBeLessThan(1.5);
    expect(bend.most).toBeGreaterThan(20);
  });

  it('leaves level lines and pages without lines alone', () => {
    expect(followLines(asLetters(lines.flat()), page).most).toBeLessThan(0.5);
    expect(followLines(asLetters([]), page).most).toBe(0);
  });

  it('takes no more than a slant from a few lines', () => {
    const slanted = lines
      .slice(0, 2)
      .flat()
      .map((box) => ({ ...box, top: box.top + 0.03 * box.left, bottom: box.bottom + 0.03 * box.left }));
    const bend = followLines(asLetters(slanted), page);
    expect(bend.at(700, 500) - bend.at(100, 500)).toBeCloseTo(18, 0);
    expect(bend.at(400, 900) - bend.at(400, 100)).toBeCloseTo(0);
  });
});
