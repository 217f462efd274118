/** To which version a release that fails goes back. */
import { describe, expect, test } from 'vitest';
import { hostRegions } from '#contract/regions.ts';
import { chooseBefore, findBefore, regionCount } from './find-before.mjs';

const regions = Object.keys(hostRegions);
let minute = 0;

/** A region's entry of the record; GitHub calls what went well inactive once the next one has gone well. */
function entry(version: string, region: string, states: readonly string[]) {
  minute += 1;
  return {
    commitOid: version,
    createdAt: new Date(minute * 60_000).toISOString(),
    statuses: {
      nodes: states.map((state) => ({
        state,
        environmentUrl: state === 'SUCCESS' ? `https://${region}.papel.example` : null,
      })),
    },
  };
}
const went = (version: string) =>
  regions.map((region) => entry(version, region, ['INACTIVE', 'SUCCESS', 'IN_PROGRESS']));
/** Well in the first region, and not in the next. */
const stopped = (version: string) => [
  entry(version, 'ap-southeast-2', ['SUCCESS', 'IN_PROGRESS']),
  entry(version, 'ap-southeast-1', ['FAILURE', 'IN_PROGRESS']),
];

describe('the version before', () => {
  test('is the last that was in every region', () => {
    expect(regionCount).toBe(regions.length);
    expect(chooseBefore([...went('v1.2.0'), ...went('v1.3.0'), ...stopped('v1.4.0')], 'v1.4.0')).toBe('v1.3.0');
  });

  test('is a repair of an old one, where that came last', () => {
    expect(chooseBefore([...went('v1.3.0'), ...went('v1.2.4'), ...stopped('v1.4.0')], 'v1.4.0')).toBe('v1.2.4');
  });

  test('is what was gone back to, and not what was gone back from', () => {
    const record = [...went('v1.2.0'), ...went('v1.3.0'), ...went('v1.2.0'), ...stopped('v1.4.0')];
    expect(chooseBefore(record, 'v1.4.0')).toBe('v1.2.0');
    const again = [...went('v1.3.0'), ...stopped('v1.4.0'), ...went('v1.3.0'), ...stopped('v1.4.1')];
    expect(chooseBefore(again, 'v1.4.1')).toBe('v1.3.0');
  });

  test('is none that never was everywhere, in whatever order the record comes', () => {
    const record = [...went('v1.3.0'), ...stopped('v1.4.0'), ...stopped('v1.5.0')];
    expect(chooseBefore(record.toReversed(), 'v1.5.0')).toBe('v1.3.0');
    expect(() => chooseBefore([...stopped('v1.4.0'), ...stopped('v1.5.0')], 'v1.5.0')).toThrow('No version before');
  });

  test('is not the failing one, though that went well once', () => {
    expect(chooseBefore([...went('v1.2.0'), ...went('v1.3.0'), ...stopped('v1.3.0')], 'v1.3.0')).toBe('v1.2.0');
  });
});

test('production’s record is asked for, and the tag of the commit', () => {
  const nodes = [...went('c0ffee'), ...stopped('badbad')];
  const asked: string[] = [];
  const execute = (program: string, args: readonly string[]) => {
    asked.push([program, ...args].join(' '));
    if (program === 'gh') return JSON.stringify({ data: { repository: { deployments: { nodes } } } });
    return args.at(-1) === 'c0ffee' ? 'v1.3.0\n' : '';
  };
  const environment = { GITHUB_REPOSITORY: 'school/papel', GITHUB_SHA: 'badbad' };
  expect(findBefore({ environment, execute })).toBe('v1.3.0');
  expect(asked[0]).toMatch(/environments: \["production"\].*-f owner=school -f name=papel$/s);
  expect(() => findBefore({ environment: { ...environment, GITHUB_SHA: '' }, execute })).toThrow('no run of GitHub');
  expect(() =>
    findBefore({ environment, execute: (program, args) => (program === 'git' ? '' : execute(program, args)) }),
  ).toThrow('No tag is at c0ffee');
});
