import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { checkModels } from './check-models.ts';

const suffix = '?delivered';
const defaultFolder = fileURLToPath(new URL('../models', import.meta.url));

/**
 * Files that are fetched and verified instead of imported, in development, tests and builds alike:
 *
 * - `import file from 'package/some.wasm?delivered'` is the file's path, length and digest;
 * - `virtual:models` lists the models of models/manifest.json. What that list and the folder do not agree on stops the
 *   build and the development server.
 *
 * @param modelsFolder another one for tests
 */
export function delivered(modelsFolder = defaultFolder): Plugin {
  return {
    name: 'papel:delivered',
    enforce: 'pre',
    buildStart() {
      // Tests that use no model do not wait for one that is being made; the others check when they load the list.
      if (process.env['VITEST'] === undefined) checkModels(modelsFolder);
    },
    async resolveId(id, importer) {
      if (id === 'virtual:models') return '\0virtual:models';
      if (!id.endsWith(suffix)) return undefined;
      const found = await this.resolve(id.slice(0, -suffix.length), importer, { skipSelf: true });
      return found === null ? null : `${found.id}${suffix}`;
    },
    load(id) {
      if (id === '\0virtual:models') {
        // Another training changes the list, not this module. Vite imports what is watched, so it has to be there.
        const lists = ['manifest.json', 'local-manifest.json'].map((name) => join(modelsFolder, name));
        for (const list of lists.filter((path) => existsSync(path))) this.addWatchFile(list);
        return describeModels(modelsFolder);
      }
      if (!id.endsWith(suffix)) return undefined;
      const path = id.slice(0, -suffix.length);
      const content = readFileSync(path);
      return `import path from ${JSON.stringify(`${path}?url&no-inline`)};
export default { path, bytes: ${content.length}, sha256: ${JSON.stringify(sha256(content))} };
`;
    },
  };
}

function describeModels(folder: string): string {
  const imports: string[] = [];
  const models = checkModels(folder).map(({ name, version, files }) => {
    const entries = files.map(({ path, bytes, sha256: digest }) => {
      const url = `url${imports.length}`;
      imports.push(`import ${url} from ${JSON.stringify(`${join(folder, path)}?url&no-inline`)};`);
      return `{ name: ${JSON.stringify(basename(path))}, path: ${url}, bytes: ${bytes}, sha256: ${JSON.stringify(digest)} }`;
    });
    const digest = sha256(files.map((file) => `${basename(file.path)} ${file.sha256}\n`).join(''));
    return `{ name: ${JSON.stringify(name)}, version: ${version}, digest: ${JSON.stringify(digest)}, files: [${entries.join(', ')}] }`;
  });
  return `${imports.join('\n')}\nexport const models = [${models.join(', ')}];\n`;
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
