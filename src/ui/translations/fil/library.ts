import type { library as english } from '../en/library.ts';
import type { SameKeys } from '../shape.ts';

export const library: SameKeys<typeof english> = {
  title: 'Library',
  search: 'Hanapin ayon sa pangalan',
  order: 'Ayos',
  orders: { changed: 'Huling binago', created: 'Pinakabago', name: 'Pangalan' },
  documents: 'Mga dokumento',
  untitled: 'Scan noong {{date}}',
  pages_one: '{{count}} pahina',
  pages_other: '{{count}} pahina',
  select: 'Pumili',
  selectNone: 'Huwag nang pumili',
  selected_one: '{{count}} ang napili',
  selected_other: '{{count}} ang napili',
  add: 'Magdagdag ng mga litrato o file',
  renameTitle: 'Palitan ang pangalan ng dokumento',
  name: 'Pangalan',
  deleted_one: 'Nabura ang {{name}}',
  deleted_other: '{{count}} dokumento ang nabura',
  nothingFound: 'Walang dokumentong may pangalang “{{query}}”.',
  empty: 'Wala pang na-scan',
  emptyHelp: 'Dito lang sa device na ito nakatabi ang mga i-scan mo.',
  used: '{{size}} ang gamit sa device na ito',
};
