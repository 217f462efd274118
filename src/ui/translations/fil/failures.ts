import type { failures as english } from '../en/failures.ts';
import type { SameKeys } from '../shape.ts';

export const failures: SameKeys<typeof english> = {
  thisPhoto: 'litratong ito',
  quoted: '“{{name}}”',
  'empty-file': 'Walang laman ang {{name}}. Piliin ulit, o pumili ng iba.',
  'unsupported-format': 'Hindi litrato o PDF na kayang basahin ng Papel ang {{name}}.',
  'damaged-file': 'Sira at hindi mabuksan ang {{name}}. Subukang kunin ulit sa pinanggalingan nito.',
  'file-too-big': 'Masyadong malaki ang {{name}}: {{megabytes}} MB. Hanggang {{limit}} MB lang.',
  'too-many-pixels': 'Masyadong malaki ang {{name}}: {{width}} × {{height}} pixel. Paliitin at idagdag ulit.',
  'too-few-pixels': 'Masyadong maliit ang {{name}} para maging pahina: {{width}} × {{height}} pixel lang.',
  'too-many-pages': 'May {{pages}} pahina ang {{name}}. Hanggang {{limit}} lang: hatiin muna.',
  'encrypted-pdf': 'Naka-lock ng password ang {{name}}. Mag-save ng kopyang walang password at iyon ang idagdag.',
  'runtime-unavailable': 'Wala pa sa device na ito ang scanner. Kumonekta muna sa internet, saka subukan ulit.',
  'model-unavailable': 'Hindi nakuha nang buo ang isang bahagi ng scanner. Kumonekta sa internet, saka subukan ulit.',
  'language-unavailable':
    'Hindi nakuha ang mga file para sa pagbasa ng wikang ito. Kumonekta sa internet at subukan ulit, o pumili ng ibang wika.',
  'out-of-memory': 'Kulang ang memory ng device para sa {{name}}. Isara ang ibang app at subukan ulit.',
  'storage-full': 'Hindi na kasya ang {{name}}: puno na ang device na ito. Magbura muna at subukan ulit.',
  'storage-blocked': 'Hindi maitabi ang {{name}}: ayaw ng browser na ito.',
  'timed-out': 'Masyadong natagalan ang {{name}}. Subukan ulit.',
  'worker-lost': 'Hindi na-scan ang {{name}} dahil tumigil ang scanner. Subukan ulit.',
  'switched-off': 'Naka-off muna ang pag-scan, ayon sa nagpapatakbo ng Papel na ito. Hindi mawawala ang mga ginawa mo.',
  cancelled: 'Itinigil ang {{name}} bago na-scan.',
  internal: 'Hindi na-scan ang {{name}}. Subukan ulit.',
};
