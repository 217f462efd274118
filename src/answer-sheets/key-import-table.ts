/** A key as a table whose first line names its columns: question, answer, and what they are worth or which version they are of. */
import Papa from 'papaparse';

export interface KeyRow {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly label: string;
  readonly answer: string;
  /** NaN for what is no number, `undefined` for an empty cell. */
  readonly points: number | undefined;
  /** Empty where the table does not say. */
  readonly version: string;
}

/** English and Filipino, as spreadsheets of teachers and other programs have them. */
const columnNames = {
  label: /^(?:question|item|number|no\.?|#|q|tanong|bilang)$/i,
  answer: /^(?:answer|answers|key|correct|correct answer|sagot|tamang sagot)$/i,
  points: /^(?:points?|marks?|score|weight|puntos)$/i,
  version: /^(?:version|form|set|bersyon)$/i,
};

/** @returns `undefined` for text without such a first line, or with columns for question and answer only. */
export function splitKeyTable(text: string): readonly KeyRow[] | undefined {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { delimitersToGuess: [',', ';', '\t', '|'] });
  const [headings, ...rows] = data.map((cells) => cells.map((cell) => cell.trim()));
  const find = (name: keyof typeof columnNames) =>
    headings?.findIndex((heading) => columnNames[name].test(heading)) ?? -1;
  const [label, answer, points, version] = [find('label'), find('answer'), find('points'), find('version')];
  if (label === -1 || answer === -1 || (points === -1 && version === -1)) return undefined;
  return rows.flatMap((cells, at) => {
    if (cells.every((cell) => cell === '')) return [];
    const worth = cells[points] ?? '';
    return [
      {
        line: at + 2,
        text: cells.join(', '),
        label: cells[label] ?? '',
        answer: cells[answer] ?? '',
        // A decimal comma stands in a cell of its own only where another sign parts the cells.
        points: worth === '' ? undefined : Number(worth.replace(',', '.')),
        version: (cells[version] ?? '').toUpperCase(),
      },
    ];
  });
}
