import { describe, expect, test } from 'vitest';
import { policyNames, trustOwnScripts, type ScriptScope } from './trusted-types.ts';

const origin = 'https://papel.example';

/** As browsers do it, with the text in an object of its own. */
function openBrowser() {
  const policies = new Map<string, Parameters<NonNullable<ScriptScope['trustedTypes']>['createPolicy']>[1]>();
  const trustedTypes: ScriptScope['trustedTypes'] = {
    createPolicy(name, rules) {
      policies.set(name, rules);
      return { createScriptURL: (address) => `trusted ${rules.createScriptURL(address)}` };
    },
  };
  return { policies, trustedTypes };
}

describe('an address of a script', () => {
  const trust = trustOwnScripts({ origin });

  test.each([
    '/assets/worker-B9oHo5Bx.js',
    `${origin}/assets/libheif-bundle-95Q0xY-L.mjs`,
    '/sw.js',
    `${origin}/sw.js`,
  ])('of the build is let through: %s', (address) => expect(trust(address)).toBe(address));

  test.each([
    'https://elsewhere.example/assets/worker-B9oHo5Bx.js',
    `${origin}.elsewhere.example/assets/worker-B9oHo5Bx.js`,
    '//elsewhere.example/assets/worker.js',
    '/assets/../api/telemetry.js',
    '/assets/deeper/worker.js',
    '/assets/worker.js?then',
    '/assets/worker.js#then',
    '/assets/picture.png',
    '/assets/%2e%2e/x.js',
    '/api/config',
    'sw.js',
    'blob:https://papel.example/0b1f',
    'data:text/javascript,1',
    'javascript:1',
    '',
  ])('of anything else is refused: %s', (address) => expect(() => trust(address)).toThrow(TypeError));
});

test('our own code asks the named policy, libraries get the same rule and no markup', () => {
  const { policies, trustedTypes } = openBrowser();
  const trust = trustOwnScripts({ origin, trustedTypes });
  expect([...policies.keys()].toSorted()).toEqual([...policyNames].toSorted());
  expect(trust('/assets/worker.js')).toBe('trusted /assets/worker.js');
  expect(policies.get('papel')?.createHTML).toBeUndefined();
  const others = policies.get('default');
  expect(others?.createScriptURL('/assets/worker.js')).toBe('/assets/worker.js');
  expect(() => others?.createScriptURL('https://elsewhere.example/x.js')).toThrow(TypeError);
  expect(others?.createHTML?.('')).toBe('');
  expect(() => others?.createHTML?.('<img>')).toThrow(TypeError);
});
