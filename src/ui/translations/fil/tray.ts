import type { tray as english } from '../en/tray.ts';
import type { SameKeys } from '../shape.ts';

export const tray: SameKeys<typeof english> = {
  label: 'Ginagawa sa likod',
  scanning: 'Ini-scan ang pahina {{done}} ng {{total}}',
  safe: 'Puwede kang magpatuloy, o isara ang tab: itutuloy ito pagbalik mo.',
  stop: 'Itigil',
  stopped_one: '{{count}} litrato ang hindi na-scan.',
  stopped_other: '{{count}} litrato ang hindi na-scan.',
  goOn: 'Ituloy',
  failed_one: '{{count}} pahina ang hindi na-scan.',
  failed_other: '{{count}} pahina ang hindi na-scan.',
  show: 'Ipakita',
  allDone: 'Na-scan na ang lahat ng pahina.',
  paused: {
    'runtime-unavailable':
      'Wala pa sa device na ito ang scanner. Naghihintay rito ang mga litrato mo. Kumonekta muna sa internet, saka ituloy.',
    'model-unavailable':
      'Hindi nakuha nang buo ang isang bahagi ng scanner. Naghihintay rito ang mga litrato mo. Kumonekta sa internet, saka ituloy.',
    'storage-full': 'Puno na ang device na ito. Naghihintay rito ang mga litrato mo. Magbura muna, saka ituloy.',
    'storage-blocked': 'Hindi na makapagtabi ang browser na ito. Buksan ulit ang pahina.',
  },
  refusedTitle_one: '{{count}} file ang hindi naidagdag',
  refusedTitle_other: '{{count}} file ang hindi naidagdag',
};
