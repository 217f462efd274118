/**
 * `npm run deploy:generate`: writes what deployments are written from typed sources for: nginx's headers, .env.example, the
 * table of settings, Kubernetes' objects, the dashboard, and the README's table of downloads from the last build.
 * deploy/generate.test.ts fails while a file is another.
 *
 * With names of files after it, only those: the image's build writes headers with the addresses of its CDN.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runnerImport } from 'vite';
import { root } from './root.mjs';

/** @type {{ module: { generateFiles(environment: NodeJS.ProcessEnv): ReadonlyMap<string, string>, fillDownloads(): ReadonlyMap<string, string> } }} */
const { module } = await runnerImport(join(root, 'deploy/generate.ts'), { root, configFile: false, logLevel: 'error' });
const only = process.argv.slice(2);
// The image's build has no README.
const downloads = only.length === 0 ? module.fillDownloads() : [];
for (const [path, content] of [...module.generateFiles(process.env), ...downloads]) {
  if (only.length > 0 && !only.includes(path)) continue;
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}
