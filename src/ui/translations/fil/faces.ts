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
  gate: {
    title: 'Hindi pa naghahanap ng mukha ang Papel',
    later: 'Puwede mo itong i-off ulit sa Settings.',
    toTools: 'Bumalik sa mga gamit',
    off: 'Naka-off ang paghahanap ng mukha {{place}} hangga’t hindi ito ino-on ng paaralan mo.',
  },
};
