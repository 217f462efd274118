/**
 * Trusted Types (https://w3c.github.io/trusted-types/dist/spec/): under the header that the edge sends, browsers that know
 * them run no script and take no markup by a text, only by what one of the policies here has let through. Pages and
 * workers make theirs from this one rule; browsers without Trusted Types follow the rule alone.
 */

/** `papel` is asked by our own code, `default` by the browser wherever a library hands over a text. */
export const policyNames = ['papel', 'default'] as const;

/** Scripts of the build below `/assets/`, and the service worker. No query, no step out of the folder. */
const ownScript = /^\/(?:assets\/[\w-][\w.-]*\.m?js|sw\.js)$/;

interface Rules {
  readonly createScriptURL: (address: string) => string;
  readonly createHTML?: (markup: string) => string;
}

/** What is used of the browser's own object, which TypeScript does not know. */
interface TrustedTypes {
  readonly createPolicy: (name: string, rules: Rules) => Rules;
}

/** A page's or a worker's `globalThis`. */
export interface ScriptScope {
  /** Such as `https://papel.example`. */
  readonly origin: string;
  readonly trustedTypes?: TrustedTypes;
}

/** Of markup, only none: react-aria empties what it has read out by `innerHTML = ''`. */
function createHTML(markup: string): string {
  if (markup !== '') throw new TypeError('Papel makes no elements from text.');
  return markup;
}

/**
 * Makes the policies of a page or a worker, once for each.
 *
 * @returns turns an address into one that the browser runs; it throws a TypeError at what is no script of the build
 */
export function trustOwnScripts({ origin, trustedTypes }: ScriptScope): (address: string) => string {
  const createScriptURL = (address: string) => {
    const path = address.startsWith(`${origin}/`) ? address.slice(origin.length) : address;
    if (!ownScript.test(path)) throw new TypeError('This script is not one of Papel.');
    return address;
  };
  const [own, others] = policyNames;
  trustedTypes?.createPolicy(others, { createScriptURL, createHTML });
  const policy = trustedTypes?.createPolicy(own, { createScriptURL }) ?? { createScriptURL };
  return (address) => policy.createScriptURL(address);
}
