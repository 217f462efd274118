import type { faces as english } from '../en/faces.ts';
import type { SameKeys } from '../shape.ts';

export const faces: SameKeys<typeof english> = {
  title: 'Mga mukha',
  promise:
    'Hinahanap ng Papel kung nasaan ang mga mukha sa litrato, hindi nito alam kung kanino ang mga ito, walang litratong lumalabas sa device na ito, at walang itinatabi maliban kung i-save mo.',
  help: 'Para sa pagtatago ng mukha sa mga litrato, sa pagtingin kung may kaharap, at sa ID picture. Puwede mo itong i-off kahit kailan.',
  switch: 'Maghanap ng mukha',
  askTitle: 'Papayagan mo bang maghanap ng mukha ang Papel?',
  agree: 'Ako ay {{age}} taong gulang o higit pa, o pumayag ang magulang ko',
  toTools: 'Bumalik sa mga gamit',
  poster: 'Binibilang ding mukha ang mukha sa poster o sa screen.',
  gate: {
    title: 'Hindi pa naghahanap ng mukha ang Papel',
    later: 'Puwede mo itong i-off ulit sa Settings.',
    off: 'Naka-off ang paghahanap ng mukha {{place}} hangga’t hindi ito ino-on ng paaralan mo.',
  },
  camera: {
    refused: 'Payagan ang kamera para sa pahinang ito sa settings ng browser, saka subukan muli.',
    none: 'Magkabit ng kamera at kusa itong magbubukas.',
    busy: 'Isara ang app o tab na gumagamit nito, saka subukan muli.',
    withdrawn: 'Natanggal ito, ginamit ng tawag, o hindi na pinapayagan. Subukan muli kapag bumalik na.',
    unsupported: 'Buksan ang pahina sa address na nagsisimula sa https.',
    unknown: 'Subukan muli. Kung ganito pa rin, buksan ulit ang pahina.',
  },
  presence: {
    help: 'Naghahanap ng mukha ang kamera at sinasabi kung ilan ang nakikita. Hindi nito alam kung sino iyon, hindi ito kumukuha ng litrato, at wala itong pinapasyahan.',
    start: 'Buksan ang kamera',
    stop: 'Itigil',
    starting: 'Tumitingin…',
    none: 'Walang nakikitang mukha',
    one: 'Isang mukha ang nakikita',
    several: 'Ilang mukha ang nakikita',
    dark: 'Masyadong madilim para makakita ng mukha',
    turned: 'Isang mukha ang nakikita, nakabaling',
    far: 'Isang mukha ang nakikita, masyadong malayo',
    paused: 'Nakahinto',
    log: 'Kung ano ang nakita at kailan',
    logHelp:
      'Mawawala ito kapag umalis ka sa pahinang ito, maliban kung i-save mo. Mga salita at oras lang, walang litrato.',
    time: 'Oras',
    what: 'Ano ang nakita',
    seconds: 'Segundo',
    lasted_one: '{{count}} segundo',
    lasted_other: '{{count}} segundo',
    keep: 'I-save bilang table',
    discard: 'Itapon',
    fileName: 'Mga nakitang mukha',
  },
};
