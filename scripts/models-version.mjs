import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Another one whenever a model, or what is said of it, is another; also of one that was added on this machine
 * (models/face-detection-yunet/recipe).
 *
 * @param {string} models the folder of that name
 * @returns {string} twelve hexadecimal digits
 */
export function digestModels(models) {
  const lists = ['manifest.json', 'local-manifest.json'].map((name) => join(models, name));
  const digest = createHash('sha256');
  for (const list of lists) if (existsSync(list)) digest.update(readFileSync(list));
  return digest.digest('hex').slice(0, 12);
}
