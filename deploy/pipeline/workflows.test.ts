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
  if: v.optional(v.union([v.string(), v.boolean()])),
  'continue-on-error': v.optional(v.boolean()),
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
      const allowed = Object.entries({ images: 'packages', 'roll-back': 'actions' }).find(([each]) => each === job);
      expect(writes.map(([what]) => what).filter((what) => what !== (allowed?.[1] ?? 'id-token'))).toEqual([]);
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

  test('fails with what fails, also before a pipe', () => {
    // GitHub's own default is `bash -e`; only where it is named, it has `-o pipefail`:
    // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
    expect(read(name)).toMatchObject({ defaults: { run: { shell: 'bash' } } });
  });

  test('ends what hangs', () => {
    const endless = jobsOf(name).filter(([, { uses, 'timeout-minutes': minutes = Infinity }]) => {
      return uses === undefined && minutes > 90;
    });
    expect(endless.map(([job]) => job)).toEqual([]);
  });
});

/** What a job's steps run, each with the condition under which it does. */
const runsOf = (name: string, job: string) =>
  (read(name).jobs[job]?.steps ?? []).map((step) => ({ ...step, text: step.run ?? step.uses ?? '' }));
const findRun = (name: string, job: string, text: string) => {
  const found = runsOf(name, job).find((step) => step.text.includes(text));
  if (found === undefined) throw new Error(`${job} of ${name} does not run ${text}.`);
  return found;
};

describe('a pull request', () => {
  test.each([
    ['test', ['.ci/run', 'npm run workerd', 'npm sbom --omit=dev --sbom-format cyclonedx', 'actions/upload-artifact@']],
    ['evaluate', ['evaluate.mjs draw-sheets', 'evaluate.mjs sheets', 'deploy/pipeline/gate-figures.mjs']],
    [
      'image',
      [
        'docker compose --profile school config --quiet',
        'docker compose --profile scale config --quiet',
        'kubectl kustomize "$overlay"',
        'docker build --target edge',
        'docker build --target web',
        'test "$bytes" -lt',
        'docker compose --profile school up --detach --build --wait',
        'docker compose --profile scale up --detach --wait',
      ],
    ],
    ['stacks', ['node deploy/pipeline/synthesise.mjs "$RUNNER_TEMP/after"', 'git diff --no-index']],
  ])('goes through %s', (job, texts) => {
    expect(Object.keys(read('check.yml').on)).toContain('pull_request');
    expect(read('check.yml').jobs[job]).toMatchObject({ needs: [] });
    // The diff is one of a pull request with what it goes into; all else runs always.
    for (const text of texts) {
      const { if: condition, 'continue-on-error': goesOn } = findRun('check.yml', job, text);
      expect(condition, text).toBe(text.startsWith('git diff') ? "github.event_name == 'pull_request'" : undefined);
      expect(goesOn, text).toBeUndefined();
    }
  });
});

test('a check has what tests would be skipped without, before they run', () => {
  const runs = runsOf('check.yml', 'test').map(({ text }) => text);
  const servers = readFileSync(join(root, 'scripts/servers.mjs'), 'utf8');
  const packages = [...servers.matchAll(/\['([a-z][\w-]+)'\]/g)].map(([, name]) => name);
  expect(packages.length).toBeGreaterThan(4);
  const installing = runs.findIndex((text) => text.includes('apt-get install'));
  for (const name of packages) expect(runs[installing]?.split(/\s+/)).toContain(name);
  expect(installing).toBeLessThan(runs.indexOf('.ci/run'));
});

describe('a deployment to a region', () => {
  const steps = runsOf('deploy-region.yml', 'deploy');
  const at = (text: string) => {
    const place = steps.findIndex((step) => step.text.includes(text));
    if (place < 0) throw new Error(`Nothing runs ${text}.`);
    return place;
  };

  test('builds, takes a role for an hour, brings the stack, is tried, and is watched, in this order', () => {
    const order = [
      'node scripts/build.mjs',
      'aws-actions/configure-aws-credentials@',
      'docker buildx imagetools inspect',
      'node deploy/pipeline/deploy-region.mjs',
      'node deploy/pipeline/smoke.mjs',
      'node deploy/pipeline/watch-alarms.mjs',
    ].map(at);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(steps[at('configure-aws-credentials@')]?.with).toHaveProperty('role-to-assume');
    expect(steps[at('smoke.mjs')]).not.toHaveProperty('if');
    expect(steps[at('smoke.mjs')]?.text, 'speed counts, and so does the browser').not.toMatch(
      /--any-speed|--no-browser/,
    );
  });

  test('is recorded with its address, and told in the chat however it went', () => {
    expect(read('deploy-region.yml').jobs['deploy']).toMatchObject({
      environment: { name: expect.stringContaining('inputs.environment'), url: expect.stringContaining('outputs.url') },
    });
    expect(steps[at('"$WEBHOOK"')]).toMatchObject({ if: 'always()' });
  });
});

test('images go out by digest, with where they are from and what is in them', () => {
  const { text } = findRun('release.yml', 'images', 'docker buildx build');
  for (const part of [
    '--push',
    '--provenance=mode=max',
    '--sbom=true',
    '"containerimage.digest"',
    'for target in edge web',
  ]) {
    expect(text).toContain(part);
  }
  expect(needsOf(read('release.yml').jobs['staging'] ?? v.parse(jobSchema, {}))).toEqual(['images']);
});

test('checks do not run twice for one branch, and no deployment is cut off', () => {
  expect(parse(readText('check.yml'))).toMatchObject({ concurrency: { group: expect.stringContaining('github.ref') } });
  expect(parse(readText('release.yml'))).toMatchObject({ concurrency: { 'cancel-in-progress': false } });
  expect(parse(readText('roll-back.yml'))).toMatchObject({ concurrency: { 'cancel-in-progress': false } });
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

  test('that fails in production is taken back everywhere, by the record of deployments', () => {
    const job = jobs['roll-back'];
    expect(job && needsOf(job)).toEqual(['canary', 'others']);
    expect(job?.if).toBe("always() && startsWith(github.ref, 'refs/tags/v') && contains(needs.*.result, 'failure')");
    expect(job?.permissions).toMatchObject({ deployments: 'read', actions: 'write' });
    const starts = findRun('release.yml', 'roll-back', 'gh workflow run roll-back.yml --ref "$tag"');
    expect(starts.text).toContain('tag=$(node deploy/pipeline/find-before.mjs)');
    // Of commits alone no tag would be known.
    expect(findRun('release.yml', 'roll-back', 'actions/checkout@').with['fetch-depth']).toBe(0);
  });

  test('is gone back to at its own tag, which is what the record then says, in every region', () => {
    const back = read('roll-back.yml');
    expect(Object.keys(back.on)).toEqual(['workflow_dispatch']);
    expect(back.jobs['regions']).toMatchObject({
      if: "startsWith(github.ref, 'refs/tags/v')",
      with: { environment: 'production', ref: '${{ github.sha }}' },
      strategy: { 'fail-fast': false },
    });
    expect(back.jobs['regions']?.strategy?.matrix.region.toSorted()).toEqual(Object.keys(hostRegions).toSorted());
  });

  test('reaches production only as a tag', () => {
    for (const job of ['canary', 'roll-back']) expect(jobs[job]?.if).toContain('refs/tags/v');
  });
});
