import { readFileSync } from 'node:fs';
import { isSecret, refuse, settings, type Environment } from '../config/settings.ts';

const mostBytes = 4_096;

function readSecret(name: string, path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return refuse(name, `names a file that cannot be read: ${path}`);
  }
  // Editors and `echo` end a file with a line's end, which is no part of a secret.
  const secret = text.replace(/\r?\n$/, '');
  if (secret === '' || text.length > mostBytes) refuse(name, `names a file that holds no secret: ${path}`);
  return secret;
}

/**
 * The environment with every secret that a file has: `PAPEL_OPS_TOKEN_FILE=/run/secrets/ops-token` sets
 * PAPEL_OPS_TOKEN. What is in an environment shows in process lists, crash dumps and `docker inspect`; a file does not.
 *
 * @throws RangeError whose message is for whoever starts the server, and has nothing of the secret
 */
export function readSecretFiles(environment: Environment): Environment {
  const read: Record<string, string | undefined> = { ...environment };
  for (const name of Object.keys(settings).filter(isSecret)) {
    const from = `${name}_FILE`;
    const path = environment[from] ?? '';
    delete read[from];
    if (path === '') continue;
    if ((environment[name] ?? '') !== '') refuse(name, `is set, and so is ${from}: one of them is not meant.`);
    read[name] = readSecret(from, path);
  }
  return read;
}
