import { expect, it } from 'vitest';
import type { Candidate } from './face-network.ts';
import { joinCandidates, type Evidence, type Pass } from './join-candidates.ts';

const evidence: Evidence = { visiblePx: { from: 11, to: 260 }, seen: 0.3, unseen: 0.5 };

function guess(x: number, y: number, side: number, score: number): Candidate {
  return {
    box: { x, y, width: side, height: side },
    score,
    eyes: [
      { x: x + 0.3 * side, y: y + 0.4 * side },
      { x: x + 0.7 * side, y: y + 0.4 * side },
    ],
    nose: { x: x + 0.5 * side, y: y + 0.6 * side },
  };
}

const pass = (scale: number, ...candidates: Candidate[]): Pass => ({ scale, candidates });

it('joins guesses of one face to their weighted mean', () => {
  const [face, ...more] = joinCandidates([pass(1, guess(100, 100, 50, 0.9), guess(110, 100, 50, 0.3))], evidence);
  expect(more).toEqual([]);
  // Weights 0.81 and 0.09.
  expect(face?.box.x).toBeCloseTo(101, 5);
  expect(face?.eyes[0].x).toBeCloseTo(116, 5);
});

it('keeps two faces that touch apart', () => {
  expect(joinCandidates([pass(1, guess(0, 0, 50, 0.9), guess(40, 0, 50, 0.8))], evidence)).toHaveLength(2);
});

it('is surer of what it sees at several scales, and less sure of what it sees at one', () => {
  const at = (...passes: Pass[]) => joinCandidates(passes, evidence)[0]?.score ?? 0;
  const face = guess(100, 100, 60, 0.7);
  const once = at(pass(1, face));
  expect(at(pass(1, face), pass(0.5, face))).toBeGreaterThan(once);
  expect(at(pass(1, face), pass(0.5))).toBeLessThan(once);
  // At a tenth, the face has 6 pixels: that nothing is seen there says nothing.
  expect(at(pass(1, face), pass(0.1))).toBe(once);
});

it('does not let scales that see nothing outvote the one that sees a face, where none may be missed', () => {
  const passes = [pass(1, guess(100, 100, 60, 0.55)), pass(0.7), pass(0.5)];
  expect(joinCandidates(passes, evidence)[0]?.score).toBeLessThan(0.4);
  expect(joinCandidates(passes, evidence, 'each')[0]?.score).toBeGreaterThan(0.43);
});

it('does not vouch for faces of a size that it is not made for', () => {
  expect(joinCandidates([pass(1, guess(0, 0, 5, 0.9), guess(300, 300, 400, 0.9))], evidence)).toEqual([]);
});

it('sorts by certainty and copes with a crowd', () => {
  const crowd = Array.from({ length: 400 }, (_, index) =>
    guess((index % 20) * 60, Math.floor(index / 20) * 60, 40, 0.5 + index / 1000),
  );
  const faces = joinCandidates([pass(1, ...crowd), pass(0.6, ...crowd)], evidence);
  expect(faces).toHaveLength(400);
  expect(faces.map(({ score }) => score)).toEqual(faces.map(({ score }) => score).toSorted((a, b) => b - a));
});
