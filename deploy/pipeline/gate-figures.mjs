/**
 * `node deploy/pipeline/gate-figures.mjs <report.json>`: whether the figures of an evaluation are as good as they have to be
 * (figures.json), as a table. Ends with 1 where one is not.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** @typedef {{ figure: string, value: number, most: number, share: boolean }} Line */

/**
 * @param {Record<string, unknown>} report of `npm run evaluate`
 * @param {Record<string, Record<string, { most: number, of?: string }>>} limits by suite and figure; `of` makes it a share
 * @returns {Line[]}
 */
export function judgeFigures(report, limits) {
  const suite = String(report['suite']);
  const own = Object.hasOwn(limits, suite) ? limits[suite] : undefined;
  if (own === undefined) throw new Error(`figures.json says nothing of the suite ${suite}.`);
  return Object.entries(own).map(([figure, { most, of }]) => {
    const value = of === undefined ? readNumber(report, figure) : readNumber(report, figure) / readNumber(report, of);
    return { figure: of === undefined ? figure : `${figure} of ${of}`, value, most, share: of !== undefined };
  });
}

/** @param {Line} line */
export function isWithin({ value, most }) {
  // Also where there is nothing to divide by.
  return value <= most;
}

/**
 * @param {Record<string, unknown>} report
 * @param {string} name
 */
function readNumber(report, name) {
  const value = report[name];
  if (typeof value !== 'number') throw new Error(`The report has no figure ${name}.`);
  return value;
}

/** @param {Line} line */
function writeLine(line) {
  const show = (/** @type {number} */ value) => (line.share ? `${(100 * value).toFixed(2)} %` : String(value));
  return `| ${line.figure} | ${show(line.value)} | ${show(line.most)} | ${isWithin(line) ? 'yes' : '**no**'} |`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [file] = process.argv.slice(2);
  if (file === undefined) throw new Error('Which report?');
  const limits = JSON.parse(readFileSync(new URL('figures.json', import.meta.url), 'utf8'));
  const lines = judgeFigures(JSON.parse(readFileSync(file, 'utf8')), limits);
  const table = ['| figure | measured | at most | within |', '| --- | --- | --- | --- |', ...lines.map(writeLine)];
  process.stdout.write(`${table.join('\n')}\n`);
  if (!lines.every(isWithin)) process.exitCode = 1;
}
