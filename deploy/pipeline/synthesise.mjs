/**
 * `node deploy/pipeline/synthesise.mjs <folder>`: CloudFormation's templates of all regions, with the edge on Lambda and on
 * Fargate, for an account and a domain of nobody's: for what changes in them. Asks AWS nothing. Packages are imported once they
 * are there, so that it runs in a fresh clone.
 */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exampleFargate, exampleSettings } from '../aws/example-settings.mjs';
import { installAws } from '../../scripts/aws.mjs';
import { installPackages } from '../../scripts/install.mjs';
import { root } from '../../scripts/root.mjs';

const cache = join(root, '.cache/aws');

/** @returns the folder that Lambda gets */
async function buildLambda() {
  const folder = join(cache, 'edge');
  const { buildEdge } = await import('../../scripts/build.mjs');
  await buildEdge(folder, { lambda: join(root, 'edge/adapters/lambda.ts') });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  return folder;
}

/**
 * @param {unknown} context settings of deploy/aws/settings.ts
 * @param {string} name of a folder for the result
 * @returns {Promise<string>} the cloud assembly, which the CDK's command deploys
 */
export async function synthesise(context, name) {
  const outdir = join(cache, name);
  rmSync(outdir, { recursive: true, force: true });
  const { runnerImport } = await import('vite');
  /** @type {{ module: { makeApp(options: { context: unknown, edgeCode: string, outdir: string }): { synth(): unknown } } }} */
  const { module } = await runnerImport(join(root, 'deploy/aws/app.ts'), {
    root,
    configFile: false,
    logLevel: 'error',
  });
  module.makeApp({ context, edgeCode: await buildLambda(), outdir }).synth();
  return outdir;
}

/** @param {string} folder */
async function writeTemplates(folder) {
  /** @type {[string, object][]} */
  const variants = [
    ['lambda', exampleSettings],
    ['fargate', exampleFargate],
  ];
  for (const [name, context] of variants) {
    const outdir = await synthesise(context, name);
    mkdirSync(join(folder, name), { recursive: true });
    for (const file of readdirSync(outdir).filter((each) => each.endsWith('.template.json'))) {
      const template = JSON.parse(readFileSync(join(outdir, file), 'utf8'));
      writeFileSync(join(folder, name, file), `${JSON.stringify(template, undefined, 2)}\n`);
    }
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = process.argv[2];
  if (folder === undefined) throw new Error('Into which folder?');
  installPackages();
  if (!installAws()) throw new Error('deploy/aws was not installed; see above.');
  await writeTemplates(resolve(folder));
}
