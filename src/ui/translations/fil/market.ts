import type { market as english } from '../en/market.ts';
import type { SameKeys } from '../shape.ts';

export const market: SameKeys<typeof english> = {
  title: 'Kung nasaan ka',
  help: 'Iba-iba ang batas, papel, at kung ano ang naka-on para sa mga bata sa bawat bansa.',
  likePlace: 'Gaya ng lugar na ito',
  likePlaceNamed: 'Gaya ng lugar na ito ({{place}})',
  name: {
    US: 'Estados Unidos',
    UK: 'United Kingdom',
    EU: 'European Union',
    AU: 'Australia',
    PH: 'Pilipinas',
  },
  in: {
    US: 'sa Estados Unidos',
    UK: 'sa United Kingdom',
    EU: 'sa European Union',
    AU: 'sa Australia',
    PH: 'sa Pilipinas',
  },
  decided: {
    query: 'Ikaw ang pumili nito.',
    'viewer-country': 'Doon galing ang koneksiyon mo sa internet.',
    'server-default': 'Pinili ito ng nagpapatakbo ng Papel na ito.',
    'built-in-default':
      'Wala pang nagsasabi kung saan ito. Habang wala pa, ang mga patakaran ng European Union ang sinusunod.',
  },
  feature: {
    'document-scanning': 'Pag-scan ng mga pahina',
    'answer-sheets': 'Pagwawasto ng mga sagutang papel',
    handwriting: 'Pagbasa ng sulat-kamay',
    'face-detection': 'Paghahanap ng mukha',
    analytics: 'Pagbibilang kung gaano kahusay tumakbo ang Papel',
    debug: 'Dagdag na mensahe para sa pag-aayos',
  },
  on: 'Naka-on {{place}}.',
  onBySchool: 'Naka-on, dahil in-on ito ng nagpapatakbo ng Papel na ito.',
  off: 'Naka-off {{place}} hangga’t hindi ito ino-on ng paaralan mo.',
  offByServer: 'Naka-off muna, ayon sa nagpapatakbo ng Papel na ito.',
  why: {
    'face-detection': 'Personal ang mukha ng isang tao.',
    analytics: 'Mga bata ang gumagamit ng Papel, kaya wala itong binibilang hangga’t hindi hinihiling.',
  },
  paper: 'Papel',
  paperUsual: 'Para sa {{paper}} ang PDF maliban kung pumili ka ng ibang papel.',
  paperChosen: 'Pinili mo ang {{paper}} para sa mga PDF mo.',
  laws: 'Mga batas na nagpoprotekta sa iyo {{place}}',
  age: 'Mula sa edad na {{age}}, ikaw na ang puwedeng pumayag sa ganitong bagay. Bago iyon, kasama mong magpapasya ang mga magulang mo.',
  server: 'Kung nasaan ang server',
  serverIn: 'Sa bansang ito: {{country}}.',
  serverUnsaid:
    'Hindi sinabi ng nagpapatakbo ng Papel na ito. Ang sariling server ng Papel para sa iyo ay nasa bansang ito: {{country}}.',
  serverAbroad: 'Wala iyon {{place}}. Ito ang patakaran para rito: {{rule}}.',
  serverGets: 'Wala itong natatanggap na litrato, pahina o pangalan.',
};
