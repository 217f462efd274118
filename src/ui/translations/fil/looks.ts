import type { looks as english } from '../en/looks.ts';
import type { SameKeys } from '../shape.ts';

export const looks: SameKeys<typeof english> = {
  original: 'Gaya ng kuha',
  colour: 'May kulay',
  grey: 'Kulay-abo',
  'black-and-white': 'Itim at puti',
  whiteboard: 'Whiteboard',
};
