/**
 * `node deploy/cloudflare/build.mjs`, run by wrangler: the Worker as one script, and the app (dist/app) without the packed
 * forms, as Cloudflare packs files itself.
 */
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildEdge } from '../../scripts/build.mjs';
import { root } from '../../scripts/root.mjs';

const app = join(root, 'dist/app');
const target = join(root, '.cache/cloudflare');

if (!existsSync(join(app, 'index.html'))) throw new Error('There is no built app: npm run build.');
rmSync(target, { recursive: true, force: true });
cpSync(app, join(target, 'app'), { recursive: true, filter: (path) => !/\.(?:br|gz)$/.test(path) });
await buildEdge(join(target, 'worker'), { cloudflare: join(root, 'edge/adapters/cloudflare.ts') });
