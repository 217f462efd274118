/** Precompressed forms that the build makes, smallest first. */
export const encodings = ['br', 'gzip'] as const;
export type Encoding = (typeof encodings)[number];

/**
 * Picks the smallest available form that an Accept-Encoding header allows (RFC 9110, 12.5.3): a form that is not named
 * counts as `*`, and a weight of 0 refuses it. `undefined` stands for the plain file.
 */
export function negotiateEncoding(header: string | undefined, available: readonly Encoding[]): Encoding | undefined {
  if (header === undefined) return undefined;
  const weights = new Map<string, number>();
  for (const item of header.split(',')) {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)) || 0);
  }
  const everythingElse = weights.get('*') ?? 0;
  return encodings.find((encoding) => available.includes(encoding) && (weights.get(encoding) ?? everythingElse) > 0);
}
