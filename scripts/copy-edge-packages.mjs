/**
 * `node scripts/copy-edge-packages.mjs <folder>`: copies what the built edge (dist/edge) still looks for in node_modules.
 * That is libsql's native code and the few packages that find it; `npm prune` would leave the app's packages, 300 MB that
 * are in dist/ already.
 */
import { cpSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { root } from './root.mjs';

/** Builds for another C library than that of the image. */
const otherLibrary = /-musl(?:eabihf)?$/;

/** Packages that the scripts of the built edge import by name. */
function listImports() {
  const folder = join(root, 'dist/edge');
  const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
  const names = new Set();
  for (const script of scripts) {
    const text = readFileSync(join(folder, script), 'utf8');
    for (const [, name = ''] of text.matchAll(/^\s*(?:import|export)[^'";]*?from\s*["']([^."'][^"']*)["']/gm))
      names.add(name);
    for (const [, name = ''] of text.matchAll(/\bimport\(\s*["']([^."'][^"']*)["']\s*\)/g)) names.add(name);
  }
  return [...names].filter((name) => !isBuiltin(name)).map((name) => name.replace(/^((?:@[^/]+\/)?[^/]+).*$/, '$1'));
}

/** @param {string} target */
export function copyEdgePackages(target) {
  const modules = join(root, 'node_modules');
  const wanted = new Set(listImports());
  /** Builds for other platforms, which npm did not install. @type {Set<string>} */
  const optional = new Set();
  const copied = [];
  for (const name of wanted) {
    const from = join(modules, name);
    if (optional.has(name) && (otherLibrary.test(name) || !existsSync(from))) continue;
    cpSync(from, join(target, name), { recursive: true, dereference: true });
    copied.push(name);
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      readFileSync(join(from, 'package.json'), 'utf8'),
    );
    for (const other of Object.keys(optionalDependencies)) optional.add(other);
    for (const other of Object.keys({ ...dependencies, ...optionalDependencies })) wanted.add(other);
  }
  return copied;
}

const [target] = process.argv.slice(2);
if (process.argv[1] === import.meta.filename && target !== undefined) {
  process.stdout.write(`${copyEdgePackages(target).join('\n')}\n`);
}
