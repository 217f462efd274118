import { common } from './common.ts';
import { crop } from './crop.ts';
import { looks } from './looks.ts';
import { review } from './review.ts';
import { scan } from './scan.ts';

export const texts = { common, crop, looks, review, scan } as const;
