import type { crop as english } from '../en/crop.ts';
import type { SameKeys } from '../shape.ts';

export const crop: SameKeys<typeof english> = {
  title: 'I-crop ang pahina',
  stage: 'Litrato na may guhit sa gilid ng pahina',
  help: 'Hilahin ang mga sulok at gilid papunta sa gilid ng pahina.',
  keys: 'Sa keyboard: Tab papunta sa hawakan, saka ang mga arrow key. Mas malayo ang galaw kapag may Shift, R para i-reset, W para sa buong litrato, Escape para umalis.',
  corner: {
    topLeft: 'Sulok sa itaas na kaliwa',
    topRight: 'Sulok sa itaas na kanan',
    bottomRight: 'Sulok sa ibabang kanan',
    bottomLeft: 'Sulok sa ibabang kaliwa',
  },
  side: {
    top: 'Gilid sa itaas',
    right: 'Gilid sa kanan',
    bottom: 'Gilid sa ibaba',
    left: 'Gilid sa kaliwa',
  },
  position: '{{across}} mula sa kaliwa, {{down}} mula sa itaas',
  reset: 'I-reset',
  wholePhoto: 'Buong litrato',
  rotate: 'Paikutin',
  undo: 'Ibalik',
  redo: 'Gawin ulit',
  preview: 'Ang magiging itsura ng pahina',
  noPage: 'Walang nakitang pahina. Hilahin ang mga sulok papunta rito.',
  wasReset: 'Na-reset ang guhit',
  wasWhole: 'Kinuha ang buong litrato',
};
