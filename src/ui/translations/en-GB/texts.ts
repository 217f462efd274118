import type { texts as english } from '../en/texts.ts';
import type { SomeKeys } from '../shape.ts';

export const texts: SomeKeys<typeof english> = {
  looks: { colour: 'Colour', grey: 'Grey' },
  settings: { about: { others: 'Licences of the parts it is made of' } },
};
