import type { CharactersReport } from './characters-suite.ts';

/** The report for reading in a terminal. */
export function formatTable(report: CharactersReport): string {
  const { cores, userAgent, backend } = report.machine;
  const browser = /(?:Headless)?Chrom(?:e|ium)\/[\d.]+/.exec(userAgent)?.[0] ?? userAgent;
  const { acceptedAtHalfPercent: best, acceptedByApp: own } = report;
  const byAccuracy = Object.entries(report.perClass).toSorted(([, a], [, b]) => a.accuracy - b.accuracy);
  const times = Object.entries(report.msPerCharacter).map(([batch, ms]) => `${ms.toFixed(2)} in batches of ${batch}`);
  return [
    `characters: ${report.characters} of ${Object.keys(report.perClass).length} classes; ${cores} cores, ${backend}, ${browser}`,
    `accuracy                ${percent(report.accuracy)} in a field of ${report.alphabet}`,
    `among all classes named ${percent(report.accuracyAmongAllClasses)}`,
    `accepted at 0.5 % error ${percent(best.accepted)} (error ${percent(best.error)}, threshold ${best.threshold.toFixed(3)})`,
    `accepted by the app     ${percent(own.accepted)} (error ${percent(own.error)})`,
    `taken for struck out    ${report.takenForStruckOut}`,
    `ms per character        ${times.join(', ')}`,
    '',
    `by class, worst first:  ${byAccuracy.map(([name, { accuracy }]) => `${name} ${percent(accuracy)}`).join(', ')}`,
  ].join('\n');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
