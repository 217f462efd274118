import { existsSync } from 'node:fs';
import process from 'node:process';

/** Where a Chromium of the system may lie; Playwright's own is taken when there is none. */
const systemPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable'];

/** Playwright's launch options for unit tests and `evaluate`: CHROMIUM_PATH, else a system Chromium, else Playwright's own. */
export function chromiumLaunch(): { executablePath?: string; args: string[] } {
  const path = process.env['CHROMIUM_PATH'] ?? systemPaths.find((candidate) => existsSync(candidate));
  // Chromium refuses to run its sandbox as root, which containers usually are.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return path === undefined ? { args } : { executablePath: path, args };
}

/** Switches that give Chromium WebGL in software, on machines without a graphics processor. */
export const softwareWebGl = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'] as const;
