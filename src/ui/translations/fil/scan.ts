import type { scan as english } from '../en/scan.ts';
import type { SameKeys } from '../shape.ts';

export const scan: SameKeys<typeof english> = {
  title: 'Mag-scan',
  shutter: 'Kunan ng litrato',
  auto: 'Auto',
  lightOn: 'Buksan ang ilaw',
  lightOff: 'Patayin ang ilaw',
  chooseCamera: 'Pumili ng kamera',
  cameraNumber: 'Kamera {{number}}',
  addFiles: 'Magdagdag ng mga litrato o file',
  leave: 'Umalis sa kamera',
  finish: 'Tapos na',
  review_one: 'Tingnan ang {{count}} pahinang nakunan',
  review_other: 'Tingnan ang {{count}} pahinang nakunan',
  taken: 'Nakunan ang pahina {{count}}',
  retakeTitle: 'Kunan ulit ang pahinang ito',
  hint: {
    starting: 'Binubuksan ang kamera…',
    tooDark: 'Masyadong madilim. Humanap ng mas maliwanag',
    noPage: 'Wala pang nakikitang pahina',
    wholePage: 'Ipakita ang buong pahina',
    moveCloser: 'Lumapit pa',
    holdStill: 'Huwag gumalaw',
    ready: 'Ayos na. Pindutin ang bilog na buton',
    counting: 'Huwag gumalaw. Kinukunan na',
    another: 'Nakunan na. Ipakita ang susunod na pahina',
    saving: 'Itinatabi ang litrato…',
    blind: 'Hindi maguhitan ang gilid ng pahina ngayon. Gumagana pa rin ang buton',
  },
  problem: {
    refused: {
      title: 'Hindi pinapayagan ang kamera',
      help: 'Payagan ang kamera para sa pahinang ito sa settings ng browser, saka subukan ulit. O pumili ng mga litratong mayroon ka na.',
    },
    none: {
      title: 'Walang nakitang kamera',
      help: 'Magkabit ng kamera at kusa itong bubukas. O pumili ng mga litratong mayroon ka na.',
    },
    busy: {
      title: 'Ginagamit ng ibang app ang kamera',
      help: 'Isara ang app o tab na gumagamit nito, saka subukan ulit. O pumili ng mga litratong mayroon ka na.',
    },
    withdrawn: {
      title: 'Nawala ang kamera',
      help: 'Natanggal ito, nagamit sa tawag, o hindi na pinapayagan. Nakatabi ang mga nakunan mo. Subukan ulit, o pumili ng mga litrato.',
    },
    unsupported: {
      title: 'Hindi nagbibigay ng kamera ang browser na ito rito',
      help: 'Buksan ang pahina sa address na nagsisimula sa https, o pumili ng mga litratong mayroon ka na.',
    },
    unknown: {
      title: 'Hindi bumukas ang kamera',
      help: 'Subukan ulit. Kung ganito pa rin, pumili ng mga litratong mayroon ka na.',
    },
  },
  permission: 'Payagan ang kamera kapag nagtanong ang browser. Hindi lumalabas ang mga litrato sa device na ito.',
  resting: 'Nakapatay ang kamera habang wala ka.',
  notTaken: 'Hindi nakunan ang litrato. Subukan ulit.',
};
