/**
 * `npm test`: installs what is missing, checks types, layers, lint, dead code and format, builds, runs the unit tests and
 * the end-to-end tests, and closes with the plain counts on the last line. Each check counts as one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installAws } from './aws.mjs';
import { provideChromium } from './chromium.mjs';
import { installPackages } from './install.mjs';
import { root } from './root.mjs';
import { provideServers } from './servers.mjs';
import { prepareWorkerd } from './workerd.mjs';

/** A run that takes longer hangs: on two cores the unit tests take 1 to 2 minutes, the end-to-end tests 5 to 10. */
const limitMs = { check: 5 * 60_000, unit: 8 * 60_000, endToEnd: 18 * 60_000 };

const resultFolder = join(root, 'test-results');
const counts = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const failures = [];
/**
 * End-to-end tests that passed only when they were run again, which the pipeline's machine, shared as it is, may need.
 * They are named, so that whoever reads them finds out why.
 *
 * @type {string[]}
 */
const secondTries = [];

/** @param {string} title */
function announce(title) {
  process.stdout.write(`\n── ${title} ──\n`);
}

/** @param {string} name */
function fail(name) {
  counts.failed += 1;
  failures.push(name);
}

/**
 * @param {string} script path in node_modules or in this repository
 * @param {string[]} args
 * @param {number} timeout in milliseconds
 */
function runScript(script, args, timeout) {
  const { status } = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    timeout,
  });
  return status === 0;
}

/**
 * @param {string} name
 * @param {string} script
 * @param {string[]} args
 */
function check(name, script, ...args) {
  announce(name);
  const ok = runScript(script, args, limitMs.check);
  if (ok) counts.passed += 1;
  else fail(name);
  return ok;
}

/** @param {string} name of a file in the result folder */
function readResults(name) {
  const file = join(resultFolder, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** @param {{ hasChromium: boolean, hasAws: boolean }} here */
function runUnitTests({ hasChromium, hasAws }) {
  announce('unit tests');
  const output = join(resultFolder, 'unit.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${output}`];
  args.push('--project=pure');
  if (hasAws) args.push('--project=aws');
  if (hasChromium) args.push('--project=browser');
  const ok = runScript('node_modules/vitest/vitest.mjs', args, limitMs.unit);
  const results = readResults('unit.json');
  for (const file of results?.testResults ?? []) {
    const failed = file.assertionResults.filter((/** @type {any} */ result) => result.status === 'failed');
    for (const result of failed) fail(result.fullName);
    // A file that does not load has a status of its own and no tests.
    if (file.status === 'failed' && failed.length === 0) fail(file.name);
  }
  counts.passed += results?.numPassedTests ?? 0;
  counts.skipped += (results?.numPendingTests ?? 0) + (results?.numTodoTests ?? 0);
  return { ok, name: 'unit tests' };
}

/**
 * @param {any} suite of Playwright's JSON report
 * @param {string} prefix
 */
function countSuite(suite, prefix) {
  for (const spec of suite.specs ?? []) {
    for (const { status } of spec.tests) {
      if (status === 'skipped') counts.skipped += 1;
      else if (status === 'expected') counts.passed += 1;
      else if (status === 'flaky') {
        counts.passed += 1;
        secondTries.push(`${prefix} › ${spec.title}`);
      } else fail(`${prefix} › ${spec.title}`);
    }
  }
  for (const child of suite.suites ?? []) countSuite(child, child.title === '' ? prefix : `${prefix} › ${child.title}`);
}

function runEndToEndTests() {
  announce('end-to-end tests');
  const ok = runScript(
    'node_modules/@playwright/test/cli.js',
    ['test', '-c', 'e2e/playwright.config.ts'],
    limitMs.endToEnd,
  );
  const results = readResults('e2e.json');
  for (const suite of results?.suites ?? []) countSuite(suite, suite.title);
  return { ok, name: 'end-to-end tests' };
}

/**
 * A tool that says no without naming a test (a crash, an unhandled error, a time-out) is a failure of its own.
 *
 * @param {() => { ok: boolean, name: string }} run
 */
function countRun(run) {
  const before = counts.failed;
  const { ok, name } = run();
  if (!ok && counts.failed === before) fail(`${name}: ended with an error`);
}

installPackages();
rmSync(resultFolder, { recursive: true, force: true });
mkdirSync(resultFolder, { recursive: true });

const hasAws = installAws();
if (!hasAws) process.stdout.write('No CDK here: types and tests of deploy/aws are skipped.\n');

check('types and layers', 'node_modules/typescript/bin/tsc', '-b');
if (hasAws) check('types of deploy/aws', 'node_modules/typescript/bin/tsc', '-p', 'deploy/aws');
else counts.skipped += 2;
check('lint', 'node_modules/oxlint/bin/oxlint', '--deny-warnings', '--type-aware');
check('unused files, exports and dependencies', 'node_modules/knip/bin/knip.js');
check('format', 'node_modules/oxfmt/bin/oxfmt', '--check');
const built = check('build and size budget', 'scripts/build.mjs');

let hasChromium = false;
try {
  process.stdout.write(`\nChromium: ${await provideChromium()}\n`);
  hasChromium = true;
} catch (cause) {
  fail(`tests in Chromium: ${cause instanceof Error ? cause.message : String(cause)}`);
}
provideServers();
const workerd = await prepareWorkerd();
if (!('PAPEL_TEST_WORKERD' in workerd))
  process.stdout.write('No workerd here: its tests are skipped; npm run workerd brings it.\n');
Object.assign(process.env, workerd);
countRun(() => runUnitTests({ hasChromium, hasAws }));
if (hasChromium && built) countRun(runEndToEndTests);
else fail('end-to-end tests: not run');

announce('result');
for (const test of secondTries) process.stdout.write(`passed at the second try: ${test}\n`);
for (const failure of failures) process.stdout.write(`failed: ${failure}\n`);
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
process.exitCode = counts.failed > 0 ? 1 : 0;
