/**
 * `npm start`: installs what is missing, builds for production when the sources have changed, and serves app and edge
 * on one address. `npm run dev`: the same app with reload, from source.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { installPackages } from './install.mjs';
import { root } from './root.mjs';

const development = process.argv.includes('--dev');

installPackages();
if (!development) {
  const { buildWhenChanged } = await import('./build.mjs');
  await buildWhenChanged();
}

const program = development
  ? [
      join(root, 'node_modules/vite/bin/vite.js'),
      '--host',
      process.env.HOST ?? '127.0.0.1',
      ...(process.env.PORT === undefined ? [] : ['--port', process.env.PORT]),
    ]
  : [join(root, 'dist/edge/node.js')];
const server = spawn(process.execPath, program, { cwd: root, stdio: 'inherit' });
// The child is in the same process group and gets Ctrl-C itself; `kill` of this process has to be handed on.
process.on('SIGTERM', () => server.kill('SIGTERM'));
process.on('SIGINT', () => {});
server.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)));
