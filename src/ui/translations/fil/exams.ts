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
};
