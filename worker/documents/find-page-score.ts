import { featureNames, type Measured } from './find-page-features.ts';

/*
 * [Note: Where the weights come from]
 * A conditional logit over the candidates of one picture and "no page", fitted by maximum likelihood with an L2 penalty
 * on 1,400 rendered pictures and the real photos that are not held back (two of three): the right answer
 * is whichever candidates reach an IoU of 0.9, or "no page". Nothing here was set by hand.
 */
const weights: Readonly<Record<(typeof featureNames)[number], number>> = {
  meanSupport: 4.18,
  leastSupport: -2.299,
  secondSupport: 1.186,
  meanContrast: -2.746,
  leastContrast: 0.733,
  meanSeparation: 7.878,
  leastSeparation: -1.091,
  brighter: 0.803,
  leastBrighter: 0.166,
  sameSign: 0.321,
  insideSpread: -2.41,
  beyond: -11.932,
  mostBeyond: -6.806,
  cornerSupport: 2.924,
  leastCornerSupport: 0.573,
  logArea: 1.386,
  borders: -2.14,
  borderShare: -4.149,
  threeBorders: 0.074,
  skew: -0.817,
  taper: -0.603,
  even: 0.805,
  leak: -1.451,
  farLeak: 0.12,
  insideBusy: 0.541,
  ringBusy: -1.693,
  paperBrightness: 1.181,
  paperColour: 0.196,
  slender: -2.09,
};
const bias = -1.846;

/** Logistic regression of "IoU of at least 0.9" on the best candidate's score, on 400 rendered pictures apart. */
const calibration = { slope: 0.78, offset: 0.65 };

/** Log odds of being the page against there being none. */
export function scoreCandidate({ features }: Measured): number {
  let score = bias;
  for (const [index, name] of featureNames.entries()) score += weights[name] * (features[index] ?? 0);
  return score;
}

/** Chance that a candidate of this score matches the page with an IoU of at least 0.9. */
export function confidenceOf(score: number): number {
  return 1 / (1 + Math.exp(-(calibration.slope * score + calibration.offset)));
}
