/** The languages the app speaks. `en` is spelt as in the United States; en-GB and en-AU hold only what differs. */
export const languages = ['en', 'en-GB', 'en-AU', 'fil'] as const;
export type Language = (typeof languages)[number];

/** The first of the reader's languages that the app speaks, else `en`. `tl` is the older name of `fil`. */
export function pickLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const [base = '', ...rest] = tag.split('-');
    const region = rest.find((part) => /^[A-Za-z]{2}$/.test(part))?.toUpperCase();
    if (base === 'fil' || base === 'tl') return 'fil';
    if (base !== 'en') continue;
    if (region === 'AU' || region === 'NZ') return 'en-AU';
    // The Philippines and the United States write "color"; most of the others write "colour".
    return region === undefined || region === 'US' || region === 'PH' ? 'en' : 'en-GB';
  }
  return 'en';
}
