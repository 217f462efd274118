import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** Folders of pdfjs-dist with what a PDF may call for, by the name that pdf.js has for their kind. */
const folders = {
  cMapUrl: { folder: 'cmaps', files: /\.bcmap$/ },
  standardFontDataUrl: { folder: 'standard_fonts', files: /\.(?:pfb|ttf)$/ },
  wasmUrl: { folder: 'wasm', files: /\.wasm$/ },
} as const;

/**
 * `virtual:pdf-data`: the addresses of pdf.js' 190 data files, by kind and name. A build makes hashed assets of them; in
 * development they are served from where they lie, as 190 modules that only hold an address take seconds to load.
 */
export function pdfData(): Plugin {
  let isBuild = false;
  return {
    name: 'papel:pdf-data',
    configResolved({ command }) {
      isBuild = command === 'build';
    },
    resolveId(id) {
      return id === 'virtual:pdf-data' ? '\0virtual:pdf-data' : undefined;
    },
    load(id) {
      if (id !== '\0virtual:pdf-data') return undefined;
      const imports: string[] = [];
      const addressOf = (path: string): string => {
        if (!isBuild) return JSON.stringify(`/@fs/${path.replace(/^\//, '')}`);
        imports.push(`import url${imports.length} from ${JSON.stringify(`${path}?url&no-inline`)};`);
        return `url${imports.length - 1}`;
      };
      const kinds = Object.entries(folders).map(([kind, { folder, files }]) => {
        const entries = listFiles(folder, files).map(([name, path]) => `${JSON.stringify(name)}: ${addressOf(path)}`);
        return `${kind}: { ${entries.join(', ')} }`;
      });
      return `${imports.join('\n')}\nexport default { ${kinds.join(', ')} };\n`;
    },
  };
}

function listFiles(folder: string, files: RegExp): (readonly [name: string, path: string])[] {
  const packageFolder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  return readdirSync(join(packageFolder, folder))
    .filter((name) => files.test(name))
    .map((name) => [name, join(packageFolder, folder, name)] as const);
}
