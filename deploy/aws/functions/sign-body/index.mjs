/**
 * Lambda@Edge, before the origin: the digest of a request's body, without which a function URL with IAM refuses what
 * CloudFront signs. Browsers cannot send it with a beacon. At the viewer's side a body may have 40 KB only, and a beacon
 * has up to 64.
 */
import { createHash } from 'node:crypto';

const name = 'x-amz-content-sha256';

/**
 * @param {{ Records: readonly { cf: { request: { headers: Record<string, { key?: string, value: string }[]>, body?: { data: string, encoding: 'base64' | 'text', inputTruncated: boolean } } } }[] }} event
 */
export const handler = async ({ Records: [record] }) => {
  if (record === undefined) throw new RangeError('There is no request in the event.');
  const { request } = record.cf;
  const { body } = request;
  // Over 1 MB: the edge would refuse it anyway, and of a part there is no digest.
  if (body?.inputTruncated === true) return { status: '413', statusDescription: 'Content Too Large' };
  const bytes = Buffer.from(body?.data ?? '', body?.encoding === 'base64' ? 'base64' : 'utf8');
  request.headers[name] = [{ key: name, value: createHash('sha256').update(bytes).digest('hex') }];
  return request;
};
