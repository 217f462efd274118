/** Which objects the bucket gets from a built app, and what each says of itself. */
import { extname } from 'node:path';

/** As edge/adapters/folder-assets.ts has them; a test compares. */
const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** Those of scripts/compress-files.mjs and functions/viewer-request.js; a test compares. */
const compressible = /\.(?:js|mjs|css|html|json|svg|traineddata|txt|wasm|webmanifest)$/;
const encodings = /** @type {const} */ ({ '.br': 'br', '.gz': 'gzip' });
/** What a browser asks for first, and what names everything else: last of all, so that nothing in it is missing. */
const last = ['offline-files.json', 'sw.js', 'index.html'];

/**
 * @typedef {object} Upload
 * @property {string} key in the bucket
 * @property {string} source path in the folder of the app, with slashes
 * @property {string} contentType
 * @property {'br' | 'gzip' | undefined} contentEncoding
 * @property {string} cacheControl
 */

/** @param {string} path */
function typeOf(path) {
  return Object.entries(types).find(([extension]) => extension === extname(path))?.[1] ?? 'application/octet-stream';
}

/** @param {string} path */
function rank(path) {
  return path.startsWith('assets/') ? -1 : last.indexOf(path) + 1;
}

/**
 * The function before the cache asks for a form by the address's ending alone. Where the build has made no form of a file
 * (it would be no smaller), the plain file goes up under that name too, and says that it is plain.
 *
 * @param {readonly string[]} paths of the built app, with slashes
 * @returns {readonly Upload[]} hashed files first, then the others, the shell last
 */
export function planUpload(paths) {
  const all = new Set(paths);
  const plain = paths.filter((path) => !(extname(path) in encodings && all.has(path.slice(0, -3))));
  const ordered = plain.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return ordered.flatMap((path) => {
    const shared = {
      contentType: typeOf(path),
      cacheControl: path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    };
    const forms = compressible.test(path) ? Object.entries(encodings) : [];
    return [
      ...forms.map(([suffix, encoding]) => {
        const form = `${path}${suffix}`;
        const isMade = all.has(form);
        return { ...shared, key: form, source: isMade ? form : path, contentEncoding: isMade ? encoding : undefined };
      }),
      { ...shared, key: path, source: path, contentEncoding: undefined },
    ];
  });
}

/**
 * What CloudFront has to forget: all but hashed files, whose content never changes.
 *
 * @param {readonly Upload[]} uploads
 * @returns {readonly string[]} paths
 */
export function listInvalidations(uploads) {
  return uploads.filter(({ key }) => !key.startsWith('assets/')).map(({ key }) => `/${encodeURI(key)}`);
}
