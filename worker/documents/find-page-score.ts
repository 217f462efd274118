import { featureNames, type Measured } from './find-page-features.ts';
import { mapFeatureNames } from './judge-by-maps.ts';

/*
 * [Note: Where the weights come from]
 * A conditional logit over the candidates of one picture and "no page", fitted by maximum likelihood with an L2 penalty
 * on 1,400 rendered pictures and the real photos that are not held back (two of three, each counted 8 times): the right
 * answer is whichever candidates reach an IoU of 0.9, or else "no page". Rendered pages below 6 % of the picture count a
 * tenth, since people hold the camera closer than that. Nothing here was set by hand.
 */
const weights: Readonly<Record<(typeof featureNames)[number], number>> = {
  meanSupport: 4.837,
  leastSupport: -2.109,
  secondSupport: 0.394,
  meanParting: 6.246,
  leastParting: -1.832,
  secondParting: 0.452,
  meanContrast: -4.136,
  leastContrast: 1.445,
  meanSeparation: 4.909,
  leastSeparation: -0.012,
  brighter: 0.711,
  leastBrighter: 0.081,
  sameSign: 0.727,
  insideSpread: -1.754,
  beyond: -6.316,
  mostBeyond: -6.133,
  cornerSupport: 2.705,
  leastCornerSupport: 0.013,
  logArea: 1.52,
  borders: -2.193,
  borderShare: -2.568,
  threeBorders: -3.382,
  skew: -1.109,
  taper: -0.994,
  even: 1.761,
  leak: -1.236,
  farLeak: -0.279,
  insideBusy: 2.165,
  ringBusy: -1.91,
  paperBrightness: 2.348,
  paperColour: 0.051,
  slender: -2.261,
};
const bias = -4.139;

/** Logistic regression of "IoU of at least 0.9" on the best candidate's score, on 400 rendered pictures apart. */
const calibration = { slope: 0.83, offset: 0.31 };

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

/*
 * [Note: Where the weights with maps come from]
 * Fitted as those above, on 2,400 scenes of the detector's own recipe drawn at 512 pixels with seeds apart from its
 * training, no real photo among them.
 */
const mapWeights: Readonly<Record<(typeof mapFeatureNames)[number], number>> = {
  lines: 0.229,
  pageOverlap: 1.638,
  otherPages: -1.458,
  meanSides: 1.072,
  leastSides: 2.911,
  meanCorners: 5.147,
  leastCorners: 3.075,
  presence: 0.13,
};
const mapBias = -7.069;

/** Logistic regression of "IoU of at least 0.9" on the best candidate's score, on the same pictures. */
const mapCalibration = { slope: 0.627, offset: -0.312 };

/** Log odds of being the page against there being none, by lines, colours and the detector's maps. */
export function scoreWithMaps(features: Float64Array): number {
  let score = mapBias;
  for (const [index, name] of mapFeatureNames.entries()) score += mapWeights[name] * (features[index] ?? 0);
  return score;
}

/** Chance that the best candidate by `scoreWithMaps` matches the page with an IoU of at least 0.9. */
export function confidenceWithMaps(score: number): number {
  return 1 / (1 + Math.exp(-(mapCalibration.slope * score + mapCalibration.offset)));
}
