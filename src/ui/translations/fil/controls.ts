import type { controls as english } from '../en/controls.ts';
import type { SameKeys } from '../shape.ts';

export const controls: SameKeys<typeof english> = {
  appName: 'Papel',
  close: 'Isara',
  cancel: 'Huwag na',
  undo: 'Ibalik',
  delete: 'Burahin',
  save: 'I-save',
  done: 'Tapos na',
  tryAgain: 'Subukan ulit',
  rename: 'Palitan ang pangalan',
  remove: 'Alisin',
  more: 'Iba pa',
  increase: 'Dagdagan: {{label}}',
  decrease: 'Bawasan: {{label}}',
  notices: 'Mga paalala',
  loading: 'Sandali lang…',
};
