import type { Candidate, Spot } from './face-network.ts';

/** What one run of a network over the picture gave. */
export interface Pass {
  /** Pixels of its input for each pixel of the photo. */
  readonly scale: number;
  /** In pixels of the photo. */
  readonly candidates: readonly Candidate[];
}

/** Which faces a network can see, and how much each of its answers weighs. */
export interface Evidence {
  /** Sizes that it sees, pixels of its input: the square root of the box's area. */
  readonly visiblePx: { readonly from: number; readonly to: number };
  /** Added to the logit of each pass that sees the face: being seen at all speaks for it. */
  readonly seen: number;
  /** Taken off for each pass that should see it and does not. */
  readonly unseen: number;
}

/** Guesses that overlap by more than this are of one face; faces of a crowd overlap by less. */
const sameFaceOverlap = 0.3;

/**
 * Joins guesses of all passes to faces: weighted non-maximum suppression, then what the passes say together. Each pass that can see a face of
 * this size is a witness, and their logits add up: a face is seen at several scales, a pattern that looks like one mostly at one.
 *
 * @param doubt by which the sum is read: `all` takes it as it is, `each` shares it among the witnesses, so that two that see
 *   nothing do not outvote one that sees a face half hidden
 * @returns one candidate for each face, most certain first; `score` is the chance by all passes
 */
export function joinCandidates(
  passes: readonly Pass[],
  evidence: Evidence,
  doubt: 'all' | 'each' = 'all',
): readonly Candidate[] {
  const guesses = passes
    .flatMap(({ scale, candidates }) =>
      candidates
        .filter(({ box }) => {
          const sizePx = scale * sizeOf(box);
          return sizePx > 0.8 * evidence.visiblePx.from && sizePx < evidence.visiblePx.to;
        })
        .map((candidate) => ({ candidate, scale })),
    )
    .toSorted((a, b) => b.candidate.score - a.candidate.score);
  const faces: Candidate[] = [];
  let left = guesses;
  for (let [best] = left; best !== undefined; [best] = left) {
    const { box } = best.candidate;
    const same = left.filter((guess) => guess === best || overlapOf(box, guess.candidate.box) > sameFaceOverlap);
    left = left.filter((guess) => !same.includes(guess));
    const mean = average(same.map(({ candidate }) => candidate));
    const score = addUp(
      sizeOf(mean.box),
      passes.map(({ scale }) => ({
        scale,
        score: Math.max(0, ...same.filter((guess) => guess.scale === scale).map(({ candidate }) => candidate.score)),
      })),
      evidence,
      doubt,
    );
    faces.push({ ...mean, score });
  }
  return faces.toSorted((a, b) => b.score - a.score);
}

/** The chance of a face of this size, pixels of the photo, by the best score that each pass gave it; 0 is none. */
function addUp(
  size: number,
  passes: readonly { readonly scale: number; readonly score: number }[],
  { visiblePx, seen, unseen }: Evidence,
  doubt: 'all' | 'each',
): number {
  const witnesses = passes.filter(({ scale }) => scale * size >= visiblePx.from && scale * size <= visiblePx.to);
  // A face that no pass is made for, such as one of a few pixels, is none that anybody could vouch for.
  if (witnesses.length === 0) return 0;
  const logit = witnesses.reduce((sum, { score }) => sum + (score > 0 ? logitOf(score) + seen : -unseen), 0);
  return 1 / (1 + Math.exp(-logit / (doubt === 'all' ? 1 : witnesses.length)));
}

/** Of a chance; a single pass is never surer than 0.99. */
function logitOf(chance: number): number {
  const sure = Math.min(0.99, chance);
  return Math.log(sure / (1 - sure));
}

/** Weighed by squares of scores. */
function average(candidates: readonly Candidate[]): Omit<Candidate, 'score'> {
  const whole = candidates.reduce((sum, { score }) => sum + score ** 2, 0);
  const mean = (read: (candidate: Candidate) => number) =>
    candidates.reduce((sum, candidate) => sum + candidate.score ** 2 * read(candidate), 0) / whole;
  const spot = (read: (candidate: Candidate) => Spot): Spot => ({
    x: mean((candidate) => read(candidate).x),
    y: mean((candidate) => read(candidate).y),
  });
  return {
    box: {
      x: mean(({ box }) => box.x),
      y: mean(({ box }) => box.y),
      width: mean(({ box }) => box.width),
      height: mean(({ box }) => box.height),
    },
    eyes: [spot(({ eyes }) => eyes[0]), spot(({ eyes }) => eyes[1])],
    nose: spot(({ nose }) => nose),
  };
}

function sizeOf({ width, height }: Candidate['box']): number {
  return Math.sqrt(width * height);
}

/** Intersection over union. */
export function overlapOf(one: Candidate['box'], other: Candidate['box']): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (one.width * one.height + other.width * other.height - shared);
}
