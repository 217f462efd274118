import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export interface ResultFormats {
  /** At most three decimals, as many as there are. */
  readonly points: (points: number) => string;
  /** @param percent 0 to 100 */
  readonly percent: (percent: number) => string;
  /** A share of 0 to 1 as whole per cent. */
  readonly share: (share: number) => string;
  /** Two decimals: coefficients. */
  readonly coefficient: (value: number) => string;
}

export function resultFormatsOf(language: string): ResultFormats {
  const points = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 3 });
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const coefficient = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return {
    points: (value) => points.format(value),
    percent: (value) => percent.format(value / 100),
    share: (value) => share.format(value),
    coefficient: (value) => coefficient.format(value),
  };
}

/** Points and shares as the chosen language writes them. */
export function useResultFormats(): ResultFormats {
  const { i18n } = useTranslation();
  return useMemo(() => resultFormatsOf(i18n.language), [i18n.language]);
}
