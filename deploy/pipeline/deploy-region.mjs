/**
 * `node deploy/pipeline/deploy-region.mjs <region>`: brings what was built (dist/app) to one region: its stacks, then the
 * files, the shell last, and CloudFront forgets the shell. Prints `url=https://…`; all else goes to stderr.
 *
 * CONTEXT is the JSON of deploy/aws/settings.ts, DOMAIN its `domain`, IMAGE its `image` where that goes with the version. Needs a role with AWS's usual environment and the AWS CLI.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, linkSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { listInvalidations, planUpload } from '../aws/upload-plan.mjs';
import { installAws } from '../../scripts/aws.mjs';
import { root } from '../../scripts/root.mjs';
import { synthesise } from './synthesise.mjs';

/** The newest that goes with aws-cdk-lib 2.276: 3.0 refuses its assemblies. */
const cdk = 'aws-cdk@2.1148.1';
const cloudFrontRegion = 'us-east-1';

/** @typedef {import('../aws/upload-plan.mjs').Upload} Upload */
/** @typedef {(program: string, args: readonly string[]) => string} Run what the program printed */

/** @type {Run} */
const run = (program, args) =>
  execFileSync(program, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

/**
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Record<string, unknown>} settings, with `domain` and, of the version that is deployed, `image`
 */
export function readContext({ CONTEXT, DOMAIN, IMAGE = '' }) {
  if (CONTEXT === undefined || DOMAIN === undefined || CONTEXT === '' || DOMAIN === '') {
    throw new RangeError('CONTEXT and DOMAIN are not set: deploy/aws/README.md.');
  }
  return { ...JSON.parse(CONTEXT), domain: DOMAIN, ...(IMAGE === '' ? {} : { image: IMAGE }) };
}

/**
 * @param {Run} execute
 * @param {{ assembly: string, stack: string, parameters?: readonly string[], region: string }} options
 * @returns {Record<string, string>} the stack's outputs
 */
function deployStack(execute, { assembly, stack, parameters = [], region }) {
  const given = parameters.flatMap((parameter) => ['--parameters', `${stack}:${parameter}`]);
  const args = ['--yes', cdk, 'deploy', '--app', assembly, '--require-approval', 'never', ...given, stack];
  execute('npx', args);
  const describe = ['cloudformation', 'describe-stacks', '--region', region, '--stack-name', stack];
  const described = execute('aws', [...describe, '--query', 'Stacks[0].Outputs', '--output', 'json']);
  /** @type {{ OutputKey: string, OutputValue: string }[]} */
  const outputs = JSON.parse(described) ?? [];
  return Object.fromEntries(outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
}

/**
 * Uploads that say the same of themselves, in the order of the plan: one call of the AWS CLI for each.
 *
 * @param {readonly Upload[]} uploads
 * @returns {readonly (readonly Upload[])[]}
 */
function groupUploads(uploads) {
  /** @type {Map<string, Upload[]>} */
  const groups = new Map();
  for (const each of uploads) {
    const { contentType, contentEncoding, cacheControl, key } = each;
    const isHashed = key.startsWith('assets/');
    // The shell's files keep their order; what they name is all there by then.
    const name = isHashed ? JSON.stringify([contentType, contentEncoding, cacheControl]) : key;
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  return [...groups.values()];
}

/** @param {string} from @param {string} to */
function place(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  try {
    linkSync(from, to);
  } catch {
    // Another file system.
    copyFileSync(from, to);
  }
}

/**
 * Nothing is deleted: who has the version before still finds its files.
 *
 * @param {Run} execute
 * @param {{ app: string, uploads: readonly Upload[], bucket: string, region: string }} options
 */
function upload(execute, { app, uploads, bucket, region }) {
  for (const group of groupUploads(uploads)) {
    const [first] = group;
    if (first === undefined) continue;
    const staged = mkdtempSync(join(tmpdir(), 'papel-upload-'));
    try {
      for (const { source, key } of group) place(join(app, source), join(staged, key));
      const encoding = first.contentEncoding === undefined ? [] : ['--content-encoding', first.contentEncoding];
      const copy = ['s3', 'cp', '--recursive', '--only-show-errors', '--region', region, staged, `s3://${bucket}/`];
      const says = ['--content-type', first.contentType, '--cache-control', first.cacheControl, ...encoding];
      execute('aws', [...copy, ...says]);
    } finally {
      rmSync(staged, { recursive: true });
    }
  }
}

/** @param {string} folder */
function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/**
 * @param {string} region
 * @param {{ environment: NodeJS.ProcessEnv, app: string, execute: Run, makeAssembly: (context: unknown) => Promise<string> }} options
 * @returns {Promise<string>} the address
 */
export async function deployRegion(region, { environment, app, execute, makeAssembly }) {
  const assembly = await makeAssembly(readContext(environment));
  const stack = `Papel-${region}`;
  // The name is looked up in what was synthesised: an unknown region never becomes another.
  /** @type {{ artifacts: object }} */
  const { artifacts } = JSON.parse(readFileSync(join(assembly, 'manifest.json'), 'utf8'));
  if (!Object.keys(artifacts).includes(stack)) throw new RangeError(`"${region}" is no region of Papel.`);
  const { Url, Bucket, DistributionId } = deployStack(execute, { assembly, stack, region });
  if (Url === undefined || Bucket === undefined || DistributionId === undefined) {
    throw new Error(`${stack} has not the outputs that it should have.`);
  }
  const uploads = planUpload(listFiles(app));
  upload(execute, { app, uploads, bucket: Bucket, region });
  const paths = listInvalidations(uploads);
  execute('aws', ['cloudfront', 'create-invalidation', '--distribution-id', DistributionId, '--paths', ...paths]);
  deployStack(execute, {
    assembly,
    stack: `${stack}-cloudfront`,
    parameters: [`DistributionId=${DistributionId}`],
    region: cloudFrontRegion,
  });
  return Url;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const region = process.argv[2];
  if (region === undefined) throw new Error('Which region?');
  if (!installAws()) throw new Error('deploy/aws was not installed; see above.');
  const url = await deployRegion(region, {
    environment: process.env,
    app: join(root, 'dist/app'),
    execute: run,
    makeAssembly: (context) => synthesise(context, 'deployment'),
  });
  process.stdout.write(`url=${url}\n`);
}
