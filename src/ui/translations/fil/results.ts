import type { SameKeys } from '../shape.ts';
import type { results as english } from '../en/results.ts';

export const results: SameKeys<typeof english> = {};
