import type { settings as english } from '../en/settings.ts';
import type { SameKeys } from '../shape.ts';

export const settings: SameKeys<typeof english> = {
  title: 'Settings',
  language: 'Wika',
  languageHelp: 'Wika ng mga buton at mensahe. Sumusunod din dito ang mga petsa.',
  likeDevice: 'Gaya ng sa device',
  look: 'Itsura ng mga bagong pahina',
  lookHelp: 'Puwedeng baguhin ang bawat pahina kahit kailan.',
  offline: {
    title: 'Paggamit nang walang internet',
    help: 'Itabi sa device na ito ang lahat ng kailangan ng Papel, para gumana kahit walang internet sa klase.',
    capability: {
      scan: 'Pag-scan gamit ang camera at mga litrato',
      sheets: 'Pagbasa ng mga answer sheet',
      text: 'Pagbasa ng teksto',
      faces: 'Paghanap ng mga mukha',
      import: 'Mga PDF, TIFF at HEIC',
    },
    state: {
      absent: '{{total}}, wala pa sa device na ito.',
      incomplete: '{{bytes}} ng {{total}} ang nasa device na ito.',
      waiting: '{{total}}, susunod na.',
      fetching: 'Kinukuha: {{bytes}} ng {{total}}',
      kept: 'Nasa device na ito: {{total}}.',
    },
    keep: 'Itabi para magamit nang offline',
    keepOne: 'Itabi',
    again: 'Subukan ulit',
    free: '{{free}} pa ang puwedeng gamitin ng Papel sa device na ito.',
    cancel: 'Itigil',
    remove: 'Bawasan ang gamit na espasyo',
    removeOne: 'Alisin',
    unavailable:
      'Ayaw ng browser na itabi ang Papel dito. Kailangan ng address na nagsisimula sa https at hindi pribadong window.',
    measuring: 'Tinitingnan kung ano ang narito…',
    failed: 'Hindi nakuha ang lahat. Tingnan ang internet at subukan ulit; hindi mawawala ang narito na.',
    full: 'Puno na ang device na ito. Magbura muna at subukan ulit.',
  },
  device: {
    title: 'Suriin ang device na ito',
    help: 'Hinahanap ng Papel ang mga pahina gamit ang maliit na network. Tumatakbo ito kung saan pinakamabilis ang device na ito, at kusa nitong inaalam iyon.',
    check: 'Suriin ngayon',
    again: 'Suriin muli',
    checking: 'Pinapatakbo ito nang ilang beses…',
    failed: 'Hindi iyon gumana. Subukan muli.',
    perPicture: '{{time}} sa bawat larawan.',
    chosen: 'Ginagamit.',
    backend: {
      wasm: 'Processor',
      webgl: 'Graphics (WebGL)',
      webgpu: 'Graphics (WebGPU)',
    },
  },
  storage: {
    title: 'Nakatabi sa device na ito',
    used_one: '{{count}} dokumento, {{size}}, dito lang sa device na ito nakatabi.',
    used_other: '{{count}} dokumento, {{size}}, dito lang sa device na ito nakatabi.',
    usedByExams_one: '{{count}} pagsusulit kasama ang mga sagutang papel, {{size}}, dito rin lang.',
    usedByExams_other: '{{count}} pagsusulit kasama ang mga sagutang papel, {{size}}, dito rin lang.',
    none: 'Wala kang nakatabi sa device na ito.',
    shared:
      'Mabubuksan ng susunod na gagamit ng device ang mga ito. Kung may kahati ka, i-save ang kailangan mo at burahin ang iba.',
    deleteAll: 'Burahin ang lahat…',
    deleteTitle: 'Burahin ang lahat?',
    deleteText_one:
      'Tuluyang mawawala ang {{count}} dokumento na may {{pages}} pahina. I-save muna bilang PDF ang kailangan mo.',
    deleteText_other:
      'Tuluyang mawawala ang {{count}} dokumento na may {{pages}} pahina. I-save muna bilang PDF ang kailangan mo.',
    deleteExams_one:
      'Tuluyang mawawala ang {{count}} pagsusulit, lahat ng sagutang papel at litrato nito, at bawat listahan ng klase. I-export muna ang mga resulta.',
    deleteExams_other:
      'Tuluyang mawawala ang {{count}} pagsusulit, lahat ng sagutang papel at litrato nila, at bawat listahan ng klase. I-export muna ang mga resulta.',
    deleteLists: 'Tuluyang mawawala ang bawat listahan ng klase.',
    deleteNow: 'Burahin nang tuluyan',
    deleted: 'Nabura na ang lahat.',
  },
  privacy: {
    title: 'Privacy',
    text: 'Hindi lumalabas sa device na ito ang mga litrato, pahina at pangalan. Walang account ang Papel at walang binibilang na tao.',
    leaves: 'Ano ang lumalabas sa device na ito',
    nothing: 'Wala.',
  },
  about: {
    title: 'Tungkol sa Papel',
    version: 'Bersyon {{version}}',
    licence: 'Malayang software ang Papel, sa ilalim ng Apache License 2.0.',
    others: 'Mga lisensya ng mga bahaging bumubuo rito',
  },
};
