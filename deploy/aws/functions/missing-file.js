// Lambda@Edge, when S3 has answered and before CloudFront keeps it: what is missing is said as the edge says it
// (edge/http/serve-assets.ts), to people with a page and to programs with a problem, and not with S3's own XML. It stays
// missing: 404. deploy/aws/edge-functions.ts puts the two texts here, as such a function has no settings.
const page = '(page)';
const problem = '(problem)';

exports.handler = async ({ Records: [{ cf }] }) => {
  const { request, response } = cf;
  // 403 is what S3 says of an address that no file could have.
  if (response.status !== '404' && response.status !== '403') return response;
  // From viewer-request.js, since programs and people who miss the same file share no cache.
  const wantsPage = request.headers['x-papel-page'] !== undefined;
  response.status = '404';
  response.statusDescription = 'Not Found';
  response.headers['content-type'] = [
    { key: 'Content-Type', value: wantsPage ? 'text/html; charset=utf-8' : 'application/problem+json' },
  ];
  response.headers['cache-control'] = [{ key: 'Cache-Control', value: wantsPage ? 'no-cache' : 'no-store' }];
  if (request.method !== 'HEAD') response.body = wantsPage ? page : problem;
  return response;
};
