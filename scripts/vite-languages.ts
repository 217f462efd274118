import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Languages whose print the app reads as it comes; their packages are dependencies. The contract lists all. */
const languages = ['eng', 'fil'] as const;

/**
 * `virtual:languages`: what of Tesseract's languages is delivered with the app, as `?delivered` files. The packages hold them
 * gzipped; the app's server packs better, and nobody has to unpack what the browser has unpacked already.
 */
export function languageFiles(): Plugin {
  return {
    name: 'papel:languages',
    enforce: 'pre',
    resolveId(id) {
      return id === 'virtual:languages' ? '\0virtual:languages' : undefined;
    },
    load(id) {
      if (id !== '\0virtual:languages') return undefined;
      const imports = languages.map(
        (code) => `import ${code} from ${JSON.stringify(`${unpackLanguage(code)}?delivered`)};`,
      );
      return `${imports.join('\n')}\nexport const languageFiles = { ${languages.join(', ')} };\n`;
    },
  };
}

function unpackLanguage(code: (typeof languages)[number]): string {
  const packed = readFileSync(
    createRequire(import.meta.url).resolve(`@tesseract.js-data/${code}/4.0.0_best_int/${code}.traineddata.gz`),
  );
  const digest = createHash('sha256').update(packed).digest('hex').slice(0, 16);
  const folder = fileURLToPath(new URL(`../node_modules/.cache/papel/languages-${digest}`, import.meta.url));
  const file = join(folder, `${code}.traineddata`);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    // Written aside and renamed, so that two runs at once never see half a file.
    const aside = `${file}.${process.pid}`;
    writeFileSync(aside, gunzipSync(packed));
    renameSync(aside, file);
  }
  return file;
}
