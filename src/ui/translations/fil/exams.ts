import type { exams as english } from '../en/exams.ts';
import type { SameKeys } from '../shape.ts';

export const exams: SameKeys<typeof english> = {
  title: 'Mga sagutang papel',
  gone: 'Wala sa device na ito ang pagsusulit na ito.',
  steps: {
    label: 'Mga hakbang ng pagsusulit na ito',
    design: 'Disenyo',
    key: 'Susi',
    read: 'Basahin',
    review: 'Suriin',
    results: 'Resulta',
  },
  sheet: {
    name: 'Pangalan',
    section: 'Seksiyon',
    studentNumber: 'Numero ng mag-aaral',
    version: 'Bersiyon',
    page: 'Pahina',
    howToMark:
      'Punuin ang buong bilog gamit ang lapis o maitim na bolpen. Para magpalit ng sagot, burahin nang lubos ang dating marka.',
    trueSign: 'T',
    falseSign: 'M',
    points: 'puntos',
    forTeacher: 'Para sa guro',
  },
};
