import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export interface Formats {
  /** Day and time of the clock on the wall. */
  readonly moment: (time: number) => string;
  readonly day: (time: number) => string;
  /** Bytes in the unit that reads well, kB at least. Decimal, as phones and file managers count. */
  readonly size: (bytes: number) => string;
  readonly milliseconds: (ms: number) => string;
}

const sizeUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

export function formatsOf(language: string): Formats {
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const ms = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'millisecond',
    unitDisplay: 'long',
    maximumFractionDigits: 0,
  });
  return {
    moment: (time) => moment.format(time),
    day: (time) => day.format(time),
    milliseconds: (time) => ms.format(time),
    size: (bytes) => {
      const step = Math.min(sizeUnits.length - 1, Math.max(1, Math.floor(Math.log10(bytes) / 3)));
      const value = bytes / 1000 ** step;
      const format = new Intl.NumberFormat(language, {
        style: 'unit',
        unit: sizeUnits[step] ?? 'byte',
        unitDisplay: 'short',
        maximumFractionDigits: step >= 2 && value < 100 ? 1 : 0,
      });
      return format.format(value);
    },
  };
}

/** Dates and sizes as the chosen language writes them. */
export function useFormats(): Formats {
  const { i18n } = useTranslation();
  return useMemo(() => formatsOf(i18n.language), [i18n.language]);
}
