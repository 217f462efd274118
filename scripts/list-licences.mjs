import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/**
 * What packages are made of without the licence of it beside them. The text of the Apache License 2.0 is in the list already.
 *
 * @type {Partial<Record<string, string>>}
 */
const madeOf = {
  'zxing-wasm': 'Its wasm is made of zxing-cpp (https://github.com/zxing-cpp/zxing-cpp), under the Apache License 2.0.',
};

/**
 * Names, versions and licence texts of every package that the built app may contain: the lockfile's packages that are not
 * for development only, as they are installed here.
 *
 * @returns {string}
 */
export function listLicences() {
  /** @type {Record<string, { dev?: boolean, devOptional?: boolean, optional?: boolean, peer?: boolean }>} */
  const packages = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const shipped = Object.entries(packages)
    .filter(([path, { dev, devOptional, optional, peer }]) => path !== '' && !dev && !devOptional && !optional && !peer)
    .map(([path]) => path);
  const entries = shipped.toSorted().map((path) => {
    const folder = join(root, path);
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    // Deeper ones too: pdf.js and libheif carry the licences of what they are made of beside their parts.
    const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?:^|[/\\])(?:licen[cs]e|notice|copying)[^/\\]*$/i.test(file))
      .filter((file) => !file.includes('node_modules') && statSync(join(folder, file)).isFile())
      .map((file) => readFileSync(join(folder, file), 'utf8').trim());
    return [`${name} ${version} (${license})`, ...texts, madeOf[name] ?? []].flat().join('\n\n');
  });
  const intro = 'Papel is under the Apache License 2.0. It contains, or can load, the following software.';
  return `${[intro, ...entries].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
