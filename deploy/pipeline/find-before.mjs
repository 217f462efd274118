/**
 * `node deploy/pipeline/find-before.mjs`: prints the tag of the version that was in every region before this one, by GitHub's
 * record of deployments: the last in time, and not the highest of its kind, as a 1.2.4 may have come after 1.3.0. Needs
 * GitHub's `gh` with a token that may read deployments, and all tags.
 */
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/** All of contract/regions.ts; a test compares. */
export const regionCount = 5;

/**
 * What went well may be `INACTIVE` by now, so all statuses are asked for. The record has an entry for each region, whose address
 * is its `environmentUrl`, and the commit of the run that made it: release.yml and roll-back.yml run at what they deploy.
 */
const query = `query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    deployments(environments: ["production"], first: 100, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { commitOid createdAt statuses(first: 20) { nodes { state environmentUrl } } }
    }
  }
}`;

/** @typedef {{ commitOid: string, createdAt: string, statuses: { nodes: { state: string, environmentUrl: string | null }[] } }} Deployment */
/** @typedef {(program: string, args: readonly string[]) => string} Run what the program printed */

/**
 * @param {readonly Deployment[]} deployments
 * @param {string} current commit of the version that failed
 * @returns {string} the commit that was brought to every region, last of all others
 */
export function chooseBefore(deployments, current) {
  /** @type {Map<string, Set<string>>} */
  const addresses = new Map();
  const newestFirst = deployments.toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  /** In the order of their last deployment that went well. @type {string[]} */
  const commits = [];
  for (const { commitOid, statuses } of newestFirst) {
    const good = statuses.nodes.find(({ state }) => state === 'SUCCESS');
    if (good === undefined || commitOid === current) continue;
    const known = addresses.get(commitOid) ?? new Set();
    if (known.size === 0) commits.push(commitOid);
    addresses.set(commitOid, known.add(good.environmentUrl ?? ''));
  }
  const whole = commits.find((commit) => addresses.get(commit)?.size === regionCount);
  if (whole === undefined) throw new Error('No version before this one was brought to every region.');
  return whole;
}

/**
 * @param {{ environment: NodeJS.ProcessEnv, execute: Run }} options
 * @returns {string} the tag
 */
export function findBefore({ environment: { GITHUB_REPOSITORY = '', GITHUB_SHA = '' }, execute }) {
  const [owner = '', name = ''] = GITHUB_REPOSITORY.split('/');
  if (owner === '' || name === '' || GITHUB_SHA === '') throw new Error('This is no run of GitHub’s.');
  const args = ['api', 'graphql', '-f', `query=${query}`, '-f', `owner=${owner}`, '-f', `name=${name}`];
  /** @type {{ data: { repository: { deployments: { nodes: Deployment[] } } } }} */
  const { data } = JSON.parse(execute('gh', args));
  const commit = chooseBefore(data.repository.deployments.nodes, GITHUB_SHA);
  const [tag] = execute('git', ['tag', '--list', 'v*', '--points-at', commit]).split('\n');
  if (tag === undefined || tag === '') throw new Error(`No tag is at ${commit}, which was deployed before.`);
  return tag;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const tag = findBefore({
    environment: process.env,
    execute: (program, args) => execFileSync(program, args, { encoding: 'utf8' }),
  });
  process.stdout.write(`${tag}\n`);
}
