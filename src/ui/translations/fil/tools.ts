import type { tools as english } from '../en/tools.ts';
import type { SameKeys } from '../shape.ts';

export const tools: SameKeys<typeof english> = {
  title: 'Mga gamit',
  none: 'Walang naka-on na gamit dito',
  noneHelp: 'Makikita sa Settings kung ano ang kaya ng Papel kung nasaan ka, at kung sino ang nagpapasya.',
  more: 'Puwedeng i-on sa Settings ang mga gamit para sa mukha.',
  toSettings: 'Pumunta sa Settings',
  readText: {
    title: 'Basahin ang teksto',
    text: 'Gawing mahahanap, makokopya at mase-save ang mga salita sa mga pahina mo.',
  },
  readBoxes: {
    title: 'Basahin ang mga kahon',
    text: 'Basahin ang nakasulat sa mga kahon ng anumang form, at i-save bilang table.',
  },
  hideFaces: { title: 'Itago ang mga mukha', text: 'Takpan ang mga mukha sa litrato bago mo ibahagi.' },
  presence: {
    title: 'Tingnan kung may kaharap',
    text: 'Alamin kung ilang mukha ang nakikita ng kamera, bago ang gawain online.',
  },
  idPhoto: { title: 'ID picture', text: 'Gupitin ang litrato sa sukat ng ID, at i-print.' },
};
