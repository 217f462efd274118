import type { texts as english } from '../en/texts.ts';
import type { SameKeys } from '../shape.ts';
import { common } from './common.ts';
import { crop } from './crop.ts';
import { looks } from './looks.ts';
import { review } from './review.ts';
import { scan } from './scan.ts';

export const texts: SameKeys<typeof english> = { common, crop, looks, review, scan };
