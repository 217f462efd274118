import type { app as english } from '../en/app.ts';
import type { SameKeys } from '../shape.ts';

export const app: SameKeys<typeof english> = {
  navigation: 'Pangunahin',
  toContent: 'Dumiretso sa nilalaman',
  scan: 'Mag-scan',
  library: 'Library',
  sheets: 'Sagutan',
  tools: 'Gamit',
  settings: 'Settings',
  welcome: {
    title: 'Gawing malinis na PDF ang papel',
    how: 'Itapat ang kamera sa pahina, o pumili ng mga litratong mayroon ka na.',
    what: 'Hahanapin ng Papel ang pahina, itutuwid ito, at aalisin ang mga anino.',
    where: 'Dito lang sa device nangyayari ang lahat. Walang litratong lumalabas.',
    scan: 'Mag-scan ng pahina',
    example: 'Tumingin ng halimbawa',
    exampleName: 'Halimbawa: takdang-aralin',
  },
  keep: {
    text: 'Gumagana rin ito kahit walang internet kapag narito na ang mga kailangan: {{line}} ang ida-download, isang beses lang.',
    kept: 'Nasa device na ito: gumagana ang pag-scan at mga answer sheet kahit walang internet.',
  },
  update: {
    text: 'May bagong bersyon na ng Papel.',
    apply: 'Buksan na ito',
    busy: 'May ini-scan pa, dito o sa ibang tab. Patapusin muna iyon.',
  },
  storage: {
    blocked:
      'Ayaw ng browser na ito na may itabi ang Papel, baka dahil pribadong window ito. Puwede kang mag-scan at mag-save ng PDF, pero mawawala ang lahat kapag isinara mo ang tab na ito.',
    closed: 'Na-update ang Papel sa ibang tab. Buksan ulit ang pahinang ito para magpatuloy.',
    reload: 'Buksan ulit',
  },
  dropHere: 'Ihulog dito ang mga litrato, PDF o folder',
  wrong: {
    title: 'May nangyaring mali rito',
    text: 'Nakatabi ang mga na-scan mo. Buksan ulit ang pahina para magpatuloy.',
    reload: 'Buksan ulit',
    chunk: 'Wala pa sa device ang bahaging ito ng Papel. Kumonekta sa internet at buksan ulit ang pahina.',
  },
  notFound: {
    title: 'Walang laman ang address na ito',
    text: 'Baka nabura na ang dating narito.',
    toLibrary: 'Pumunta sa library',
  },
};
