/**
 * Lint rule `papel/rooms`: who may import whom, as ARCHITECTURE.md draws it. The compiler knows the layers that are
 * projects of their own; this rule also knows the rooms inside them, by pattern, so that a new room is guarded from its
 * first file on.
 */
import { posix, relative, sep } from 'node:path';
import { root } from './root.mjs';

const layers = new Set(['contract', 'worker', 'src', 'edge', 'evaluate', 'e2e', 'scripts', 'deploy']);
const srcServices = new Set(['capture', 'engine', 'store', 'ui', 'telemetry', 'regions', 'offline', 'delivery']);
/** A service below the services: how runtimes and models come to the device. Only contract is below it. */
const srcFoundation = 'delivery';
const serviceWorker = 'src/offline/service-worker/service-worker.ts';

/**
 * Splits `src/documents/review/page.tsx` into the room that it belongs to and its layer. A file right inside a layer's
 * folder, such as `edge/app.ts`, is that layer's root.
 *
 * @param {string} path relative to the repository, with slashes
 * @returns {{ layer: string, room: string }}
 */
export function findRoom(path) {
  const [layer = '', second = ''] = path.split('/');
  const room = path.split('/').length > 2 ? second : '';
  return { layer, room };
}

/**
 * @param {string} fromPath
 * @param {string} toPath
 * @returns {string | undefined} why the import is wrong
 */
export function judgeImport(fromPath, toPath) {
  const from = findRoom(fromPath);
  const to = findRoom(toPath);
  if (from.layer === to.layer && from.room === to.room) return undefined;
  if (to.layer === 'contract' || !layers.has(to.layer)) return undefined;
  switch (from.layer) {
    case 'contract':
      return 'contract imports nothing of ours.';
    case 'worker':
      if (to.layer !== 'worker') return 'worker code knows contract and worker only.';
      if (from.room === 'host' || to.room === 'vision') return undefined;
      if (from.room === 'vision') return 'worker/vision imports contract only.';
      return `worker/${from.room} may import contract and worker/vision, no other room.`;
    case 'src':
      if (to.layer === 'worker') {
        return from.room === 'engine' ? undefined : 'Only src/engine names worker code, by URL.';
      }
      if (to.layer !== 'src') return 'The app knows contract and src only.';
      // Both put the services together: the page's entry, and the service worker's.
      if (from.room === 'app' || fromPath === serviceWorker) return undefined;
      if (srcServices.has(from.room)) {
        if (to.room === srcFoundation) return undefined;
        return `src/${from.room} imports contract${from.room === srcFoundation ? '' : ` and src/${srcFoundation}`} only.`;
      }
      return srcServices.has(to.room) ? undefined : `src/${from.room} may not import the room src/${to.room}.`;
    case 'edge':
      if (to.layer !== 'edge') return 'The edge knows contract only.';
      if (from.room === '' || from.room === 'adapters') return undefined;
      return ['http', 'stores'].includes(to.room)
        ? undefined
        : `edge/${from.room} may not import edge/${to.room || 'app.ts'}.`;
    case 'e2e':
      return ['e2e', 'scripts'].includes(to.layer) ? undefined : 'Tests of the built app see it from outside.';
    default:
      return undefined;
  }
}

/**
 * @param {string} importer relative to the repository, with slashes
 * @param {string} specifier as written
 * @returns {string | undefined} path relative to the repository; `undefined` for packages
 */
function resolveOwn(importer, specifier) {
  const plain = specifier.replace(/\?.*$/, '');
  const alias = /^#(contract|worker|src|edge)\/(.*)$/.exec(plain);
  if (alias !== null) return `${alias[1]}/${alias[2]}`;
  if (plain.startsWith('/')) return undefined;
  return plain.startsWith('.') ? posix.join(posix.dirname(importer), plain) : undefined;
}

const rooms = {
  meta: { type: 'problem', docs: { description: 'Imports keep to the layers and rooms of ARCHITECTURE.md.' } },
  /** @param {any} context oxlint's rule context, which has no published type */
  create(context) {
    const importer = relative(root, context.filename).split(sep).join('/');
    /** @param {any} node @param {any} source */
    const check = (node, source) => {
      if (typeof source?.value !== 'string' || !layers.has(findRoom(importer).layer)) return;
      // Tests may bring together what they compare.
      if (/\.test\.tsx?$/.test(importer)) return;
      const target = resolveOwn(importer, source.value);
      if (target === undefined) return;
      const message = judgeImport(importer, target);
      if (message !== undefined) context.report({ node, message: `${message} (${target})` });
    };
    return {
      /** @param {any} node */
      ImportDeclaration: (node) => check(node, node.source),
      /** @param {any} node */
      ExportNamedDeclaration: (node) => check(node, node.source),
      /** @param {any} node */
      ExportAllDeclaration: (node) => check(node, node.source),
      /** @param {any} node */
      ImportExpression: (node) => check(node, node.source),
      /** @param {any} node */
      TSImportType: (node) => check(node, node.source ?? node.argument?.literal),
      /** @param {any} node */
      NewExpression: (node) => {
        const isUrl = node.callee.type === 'Identifier' && node.callee.name === 'URL';
        if (isUrl && node.arguments[1]?.type === 'MemberExpression') check(node, node.arguments[0]);
      },
    };
  },
};

export default { meta: { name: 'papel' }, rules: { rooms } };
