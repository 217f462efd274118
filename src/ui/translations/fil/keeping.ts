import type { keeping as english } from '../en/keeping.ts';
import type { SameKeys } from '../shape.ts';

export const keeping: SameKeys<typeof english> = {
  title: 'Mga litrato at datos ng mag-aaral',
  used_one: '{{count}} sagutang papel, {{size}}, dito lang sa device na ito nakatabi.',
  used_other: '{{count}} sagutang papel, {{size}}, dito lang sa device na ito nakatabi.',
  photos: 'Mga litrato ng sagutang papel',
  photoSizes: { 'as-taken': 'Gaya ng kuha', reduced: 'Mas maliit' },
  photosHelp:
    'Mas kaunting espasyo ang mas maliliit na litrato at malinaw pa rin sa pagsusuri. Para ito sa mga papel na babasahin mula ngayon.',
  until: 'Balak itabi hanggang {{day}}. Tatanungin ka ng Papel; walang kusang nabubura.',
  noEnd: 'Hindi nagtatanong ang Papel kung kailan ito puwedeng burahin.',
  longer: 'Itabi nang isang taon pa',
  neverAsk: 'Huwag magtanong',
  erase: 'Burahin ang buong pagsusulit…',
  eraseTitle: 'Burahin ang lahat ng {{title}}?',
  eraseText_one:
    'Tuluyang mawawala ang pagsusulit, ang susi nito, {{count}} sagutang papel at ang litrato nito. I-export muna ang mga resulta.',
  eraseText_other:
    'Tuluyang mawawala ang pagsusulit, ang susi nito, {{count}} sagutang papel at ang mga litrato nila. I-export muna ang mga resulta.',
  eraseNow: 'Burahin nang tuluyan',
  erased: 'Nabura na ang {{title}} at lahat ng sagutang papel nito.',
  due: {
    title: 'Naitabi na ayon sa balak',
    text: 'May mga sagutang papel ng mag-aaral sa device na ito na baka hindi na kailangan.',
    row_one: '{{count}} sagutang papel, balak itabi hanggang {{day}}',
    row_other: '{{count}} sagutang papel, balak itabi hanggang {{day}}',
    erase: 'Burahin…',
  },
  tray: {
    label: 'Pagbasa ng mga sagutang papel',
    reading_one: 'Binabasa: {{count}} sagutang papel pa',
    reading_other: 'Binabasa: {{count}} sagutang papel pa',
    show: 'Ipakita',
  },
};
