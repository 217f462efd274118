import type { SameKeys } from '../shape.ts';
import type { sheets as english } from '../en/sheets.ts';

export const sheets: SameKeys<typeof english> = {};
