import type { review as english } from '../en/review.ts';
import type { SameKeys } from '../shape.ts';

export const review: SameKeys<typeof english> = {
  title: 'Pahina',
};
