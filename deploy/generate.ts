/** Every file of the deployments that is written from typed sources, by its path in the repository. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDeployment } from '#edge/config/read-deployment.ts';
import type { Environment } from '#edge/config/settings.ts';
import { listRows, measureDownloads } from '../scripts/measure-downloads.mjs';
import { root } from '../scripts/root.mjs';
import { writeBase, writeSecretForm } from './kubernetes/base.ts';
import { writeKustomizations } from './kubernetes/overlays.ts';
import { writeNginxHeaders } from './docker/nginx-headers.ts';
import { writeDashboard } from './monitoring/dashboard.ts';
import { writeEnvironmentExample, writeSettingsTable, writeTable } from './settings-table.ts';

/** Replaces what stands between `<!-- begin name -->` and `<!-- end name -->`. */
function fillSection(path: string, name: string, content: string): string {
  const text = readFileSync(join(root, path), 'utf8');
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path} has no section "${name}".`);
  return `${text.slice(0, from + begin.length)}\n\n${content}\n${text.slice(to)}`;
}

const asGenerated = (yaml: string) => `# Written from deploy/kubernetes/*.ts: npm run deploy:generate\n${yaml}`;

/** The README with what devices download, where there is a build to measure. */
export function fillDownloads(): ReadonlyMap<string, string> {
  const app = join(root, 'dist/app');
  if (!existsSync(join(app, 'offline-files.json'))) return new Map();
  return new Map([['README.md', fillSection('README.md', 'downloads', writeTable(listRows(measureDownloads(app))))]]);
}

/** @param environment whose addresses of CDN and API the page may ask */
export function generateFiles(environment: Environment = {}): ReadonlyMap<string, string> {
  return new Map([
    ['deploy/docker/nginx/security-headers.conf', writeNginxHeaders(readDeployment(environment, null))],
    ['.env.example', writeEnvironmentExample()],
    ['deploy/kubernetes/base/papel.yaml', asGenerated(writeBase())],
    ['deploy/kubernetes/secrets.form.yaml', asGenerated(writeSecretForm())],
    ...[...writeKustomizations()].map(([path, text]): [string, string] => [
      `deploy/kubernetes/${path}`,
      asGenerated(text),
    ]),
    ['deploy/monitoring/grafana/papel.json', writeDashboard()],
    ['deploy/README.md', fillSection('deploy/README.md', 'settings', writeSettingsTable())],
  ]);
}
