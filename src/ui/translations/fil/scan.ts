import type { scan as english } from '../en/scan.ts';
import type { SameKeys } from '../shape.ts';

export const scan: SameKeys<typeof english> = {
  moveCloser: 'Lumapit pa',
};
