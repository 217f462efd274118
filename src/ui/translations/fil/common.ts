import type { common as english } from '../en/common.ts';
import type { SameKeys } from '../shape.ts';

export const common: SameKeys<typeof english> = {
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
