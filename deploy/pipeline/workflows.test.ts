/** The workflows by GitHub's own parser, and by what goes wrong in pipelines. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } from '@actions/workflow-parser';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { hostRegions } from '#contract/regions.ts';
import { root } from '../../scripts/root.mjs';

const folder = join(root, '.github/workflows');
const names = readdirSync(folder).filter((name) => name.endsWith('.yml'));
const readText = (name: string) => readFileSync(join(folder, name), 'utf8');

const stepSchema = v.looseObject({
  uses: v.optional(v.string()),
  run: v.optional(v.string()),
  with: v.optional(v.record(v.string(), v.unknown()), {}),
});
const permissionsSchema = v.record(v.string(), v.picklist(['read', 'write', 'none']));
const jobSchema = v.looseObject({
  needs: v.optional(v.union([v.string(), v.array(v.string())]), []),
  uses: v.optional(v.string()),
  if: v.optional(v.string()),
  'timeout-minutes': v.optional(v.number()),
  permissions: v.optional(permissionsSchema, {}),
  steps: v.optional(v.array(stepSchema), []),
  strategy: v.optional(v.looseObject({ matrix: v.looseObject({ region: v.array(v.string()) }) })),
  with: v.optional(v.looseObject({ region: v.optional(v.string()), 'watch-minutes': v.optional(v.number()) })),
});
const workflowSchema = v.looseObject({
  on: v.record(v.string(), v.unknown()),
  permissions: permissionsSchema,
  jobs: v.record(v.string(), jobSchema),
});

const read = (name: string) => v.parse(workflowSchema, parse(readText(name)));
const jobsOf = (name: string) => Object.entries(read(name).jobs);
const needsOf = ({ needs }: v.InferOutput<typeof jobSchema>) => [needs].flat();

describe.each(names)('%s', (name) => {
  test('is what GitHub takes', async () => {
    const content = readText(name);
    const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
    expect(context.errors.getErrors().map(String)).toEqual([]);
    if (value === undefined) throw new Error('There is nothing in it.');
    const template = await convertWorkflowTemplate(context, value);
    expect(template.errors ?? []).toEqual([]);
  });

  test('takes actions by their commit, and says which version that is', () => {
    for (const [, uses = ''] of readText(name).matchAll(/^\s*(?:- )?uses: (.*)$/gm)) {
      if (uses.startsWith('./')) continue;
      expect(uses).toMatch(/^[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  test('may read, and write only where a job says so', () => {
    expect(read(name).permissions).toEqual({ contents: 'read' });
    for (const [job, { permissions }] of jobsOf(name)) {
      const writes = Object.entries(permissions).filter(([, right]) => right === 'write');
      const allowed = job === 'images' ? ['packages'] : ['id-token'];
      expect(writes.map(([what]) => what).filter((what) => !allowed.includes(what))).toEqual([]);
    }
  });

  test('has no key that lives long, and hands its token to no script of a pull request', () => {
    const text = readText(name);
    expect(text).not.toMatch(/AWS_ACCESS_KEY|AWS_SECRET|aws-access-key-id/i);
    expect(Object.keys(read(name).on)).not.toContain('pull_request_target');
    const checkouts = jobsOf(name).flatMap(([, { steps }]) =>
      steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')),
    );
    for (const { with: given } of checkouts) expect(given['persist-credentials']).toBe(false);
  });

  test('puts nothing that others write into a script', () => {
    for (const [, { steps }] of jobsOf(name)) for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });

  test('ends what hangs', () => {
    const endless = jobsOf(name).filter(([, { uses, 'timeout-minutes': minutes = Infinity }]) => {
      return uses === undefined && minutes > 90;
    });
    expect(endless.map(([job]) => job)).toEqual([]);
  });
});

test('checks do not run twice for one branch, and no deployment is cut off', () => {
  expect(parse(readText('check.yml'))).toMatchObject({ concurrency: { group: expect.stringContaining('github.ref') } });
  expect(parse(readText('release.yml'))).toMatchObject({ concurrency: { 'cancel-in-progress': false } });
  expect(parse(readText('deploy-region.yml'))).toMatchObject({
    jobs: { deploy: { concurrency: { 'cancel-in-progress': false } } },
  });
});

describe('a release', () => {
  const { jobs } = read('release.yml');
  const regionsOf = (job: string) => jobs[job]?.strategy?.matrix.region ?? [jobs[job]?.with?.region ?? ''];

  test('goes to staging, to one region, and then to all the others', () => {
    expect(needsOf(jobs['canary'] ?? v.parse(jobSchema, {}))).toEqual(['staging']);
    expect(needsOf(jobs['others'] ?? v.parse(jobSchema, {}))).toEqual(['canary']);
    expect(regionsOf('canary')).toHaveLength(1);
    expect([...regionsOf('canary'), ...regionsOf('others')].toSorted()).toEqual(Object.keys(hostRegions).toSorted());
    expect(jobs['others']?.strategy).toMatchObject({ 'max-parallel': 1, 'fail-fast': true });
  });

  test('waits at the first region for its alarms', () => {
    expect(jobs['canary']?.with?.['watch-minutes']).toBeGreaterThanOrEqual(15);
  });

  test('that fails anywhere is taken back everywhere', () => {
    expect(needsOf(jobs['before'] ?? v.parse(jobSchema, {}))).toEqual(['canary', 'others']);
    expect(jobs['before']?.if).toContain('failure()');
    expect(regionsOf('roll-back').toSorted()).toEqual(Object.keys(hostRegions).toSorted());
  });

  test('reaches production only as a tag', () => {
    for (const job of ['canary', 'before']) expect(jobs[job]?.if).toContain('refs/tags/v');
  });
});
