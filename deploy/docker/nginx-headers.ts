import { securityHeaders, type OtherServers } from '#edge/http/security-headers.ts';

/**
 * The edge's security headers as nginx has them. The edge's own are taken away, so that every answer has each of them once,
 * whoever made it.
 */
export function writeNginxHeaders(others?: OtherServers): string {
  const headers = Object.entries(securityHeaders(others));
  for (const [, value] of headers) if (/["$\\]/.test(value)) throw new Error(`nginx would read more into: ${value}`);
  return [
    '# Written from edge/http/security-headers.ts: npm run deploy:generate',
    ...headers.flatMap(([name, value]) => [`proxy_hide_header ${name};`, `add_header ${name} "${value}" always;`]),
    '',
  ].join('\n');
}
