/** Plain statistics of a list of numbers. What a list is too short for is `undefined`, never NaN. */

export interface Description {
  readonly count: number;
  readonly mean: number | undefined;
  readonly median: number | undefined;
  /** Of a sample: divided by `count - 1`. */
  readonly deviation: number | undefined;
  readonly lowest: number | undefined;
  readonly highest: number | undefined;
  readonly lowerQuartile: number | undefined;
  readonly upperQuartile: number | undefined;
}

export function describeValues(values: readonly number[]): Description {
  const rising = values.toSorted((a, b) => a - b);
  const variance = findVariance(values);
  return {
    count: values.length,
    mean: findMean(values),
    median: findQuantile(rising, 0.5),
    deviation: variance === undefined ? undefined : Math.sqrt(variance),
    lowest: rising[0],
    highest: rising.at(-1),
    lowerQuartile: findQuantile(rising, 0.25),
    upperQuartile: findQuantile(rising, 0.75),
  };
}

export function findMean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : addUp(values) / values.length;
}

/**
 * Variance of a sample: squared distances from the mean over n - 1 (NIST/SEMATECH e-Handbook of Statistical Methods,
 * 1.3.5.6). Exactly 0 where all are the same; `undefined` for fewer than two.
 */
export function findVariance(values: readonly number[]): number | undefined {
  const mean = findMean(values);
  if (mean === undefined || values.length < 2) return undefined;
  if (isConstant(values)) return 0;
  return addUp(values.map((value) => (value - mean) ** 2)) / (values.length - 1);
}

/**
 * Pearson's product-moment correlation (NIST/SEMATECH e-Handbook, "correlation"). Of a question that is right or not, it
 * is the point-biserial correlation (Lord and Novick, Statistical Theories of Mental Test Scores, 1968, section 15.5).
 *
 * @returns -1 to 1; `undefined` where either list does not vary
 */
export function correlate(first: readonly number[], second: readonly number[]): number | undefined {
  const [meanOfFirst, meanOfSecond] = [findMean(first), findMean(second)];
  if (meanOfFirst === undefined || meanOfSecond === undefined) return undefined;
  if (isConstant(first) || isConstant(second)) return undefined;
  const a = first.map((value) => value - meanOfFirst);
  const b = second.map((value) => value - meanOfSecond);
  const together = addUp(a.map((value, at) => value * (b[at] ?? 0)));
  const apart = Math.sqrt(addUp(a.map((value) => value ** 2)) * addUp(b.map((value) => value ** 2)));
  return Math.max(-1, Math.min(1, together / apart));
}

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/**
 * Counts percentages in ten bins of ten. A bin holds its lower edge and not its upper one, but for the last, which holds
 * 100 too.
 */
export function binPercentages(percentages: readonly number[]): readonly Bin[] {
  return Array.from({ length: 10 }, (_, bin) => ({
    from: bin * 10,
    to: (bin + 1) * 10,
    count: percentages.filter((percent) => Math.max(0, Math.min(9, Math.floor(percent / 10))) === bin).length,
  }));
}

/**
 * Between the two nearest values, linearly: definition 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages",
 * The American Statistician 50 (1996), as in R, NumPy and the QUARTILE.INC of spreadsheets.
 */
function findQuantile(rising: readonly number[], share: number): number | undefined {
  const place = (rising.length - 1) * share;
  const [below, above] = [rising[Math.floor(place)], rising[Math.ceil(place)]];
  if (below === undefined || above === undefined) return undefined;
  return below + (above - below) * (place - Math.floor(place));
}

/** Points have few decimals; what differs less is what binary fractions add to sums. */
const noise = 1e-9;

function isConstant(values: readonly number[]): boolean {
  const first = values[0];
  return first === undefined || values.every((value) => Math.abs(value - first) < noise);
}

function addUp(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
