/**
 * Brings what the tests need from outside npm: a Chromium, and on Debian also qpdf and poppler-utils, which read the
 * exported PDFs. Imports nothing but Node until the packages are installed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { canUseApt, findProgram, installWithApt } from './apt.mjs';
import { root } from './root.mjs';

const systemNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

async function findPlaywrightChromium() {
  const { chromium } = await import('playwright');
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

async function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen !== undefined && chosen !== '') {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH does not exist: ${chosen}`);
  }
  return (
    systemNames.map((name) => findProgram(name)).find((path) => path !== undefined) ?? (await findPlaywrightChromium())
  );
}

/**
 * Finds a Chromium, or installs one, and puts its path into CHROMIUM_PATH for the tools that follow.
 *
 * @throws {Error} where there is none and none can be installed
 */
export async function provideChromium() {
  const missing = canUseApt() ? ['qpdf', 'pdfinfo'].filter((name) => findProgram(name) === undefined) : [];
  const packages = missing.map((name) => (name === 'pdfinfo' ? 'poppler-utils' : name));
  let path = await findChromium();
  // fonts-liberation: without any font, Chromium draws the tests' printed pages blank.
  if (path === undefined && canUseApt()) packages.push('chromium', 'fonts-liberation');
  if (packages.length > 0) installWithApt(packages);
  path ??= await findChromium();
  if (path === undefined) {
    process.stdout.write('Installing Chromium (playwright) …\n');
    const cli = join(root, 'node_modules/playwright/cli.js');
    spawnSync(process.execPath, [cli, 'install', 'chromium'], { cwd: root, stdio: 'inherit' });
    path = await findChromium();
  }
  if (path === undefined) throw new Error('No Chromium: install one and set CHROMIUM_PATH to it.');
  process.env.CHROMIUM_PATH = path;
  return path;
}
