export interface SplitName {
  readonly lastName: string;
  readonly firstName: string;
}

/** Words that a family name may begin with: Filipino and Spanish, Dutch and German, Arabic and Malay, French and Italian. */
const particles = new Set(
  'de del dela delas delos las los la san santa santo sta sto da das di do dos van von der den ten ter bin binti ibn al el le du mac'.split(
    ' ',
  ),
);

const suffixes = new Set(['jr', 'sr', 'ii', 'iii', 'iv', 'v']);

const plain = (word: string) => word.toLowerCase().replaceAll(/[.,]/g, '');

/**
 * A full name as it stands in class lists: `Dela Cruz, Juan P.`, `CRUZ, JUAN, PEREZ`, or `Juan dela Cruz`. Without a comma the
 * family name is the last word, with the particles before it and a `Jr.` behind it; one word alone is a family name.
 */
export function splitName(fullName: string): SplitName {
  const parts = fullName
    .split(',')
    .map((part) => part.trim().replaceAll(/\s+/g, ' '))
    .filter((part) => part !== '');
  const [last = '', ...others] = parts;
  if (others.length === 0) return splitWords(last);
  const [suffix = ''] = others;
  if (others.length === 1 && suffixes.has(plain(suffix))) {
    const { lastName, firstName } = splitWords(last);
    return { lastName: `${lastName} ${suffix}`, firstName };
  }
  const isSuffix = (part: string) => suffixes.has(plain(part));
  return {
    lastName: [last, ...others.filter((part) => isSuffix(part))].join(' '),
    firstName: others.filter((part) => !isSuffix(part)).join(' '),
  };
}

function splitWords(name: string): SplitName {
  const words = name.split(' ');
  // The last word that is a name and no suffix.
  const last = words.findLastIndex((word, at) => at === 0 || !suffixes.has(plain(word)));
  let from = Math.max(last, 0);
  const firstParticle = words.findIndex((word, at) => at > 0 && at < last && particles.has(plain(word)));
  if (firstParticle !== -1 && words.slice(firstParticle, last).every((word) => particles.has(plain(word))))
    from = firstParticle;
  else while (from > 1 && particles.has(plain(words[from - 1] ?? ''))) from--;
  return { lastName: words.slice(from).join(' '), firstName: words.slice(0, from).join(' ') };
}
