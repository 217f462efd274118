/** Numbers as they are written, compared without the errors of binary fractions. */

/** A decimal number: `digits / 10 ** decimals`. */
interface Decimal {
  readonly digits: bigint;
  readonly decimals: number;
}

/** Whether a number lies within `tolerance` of another one; false where either is no number. */
export function isNumberNear(written: string, right: string, tolerance = 0): boolean {
  const [a, b, off] = [parseDecimal(written), parseDecimal(right), parseDecimal(tolerance.toFixed(12))];
  if (a === undefined || b === undefined || off === undefined) return false;
  const decimals = Math.max(a.decimals, b.decimals, off.decimals);
  const [first, second, most] = [scale(a, decimals), scale(b, decimals), scale(off, decimals)];
  const distance = first > second ? first - second : second - first;
  return distance <= most;
}

/** Signs and decimal commas as people type them. */
function parseDecimal(text: string): Decimal | undefined {
  const match = /^([-+\u2212]?)(\d*)(?:[.,](\d*))?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, sign = '', whole = '', behind = ''] = match;
  if (whole === '' && behind === '') return undefined;
  const digits = BigInt(whole + behind);
  return { digits: sign === '-' || sign === '\u2212' ? -digits : digits, decimals: behind.length };
}

function scale({ digits, decimals }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(to - decimals);
}
