/** What people read of the schema of settings: a table, and an example file. */
import { isSecret, settings } from '#edge/config/settings.ts';

/** Markdown's table, with its columns aligned as the formatter does. */
export function writeTable(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const widths = head.map((_, at) => Math.max(3, ...rows.map((row) => (row[at] ?? '').length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - cell.length)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line), ''].join('\n');
}

export function writeSettingsTable(): string {
  const rows = Object.entries(settings).map(([name, { about, what, unset }]) => [
    isSecret(name) ? `\`${name}\`, \`${name}_FILE\`` : `\`${name}\``,
    about,
    what.replace(', nor ', ' or '),
    unset,
  ]);
  return writeTable([['variable', 'is for', 'has to be', 'while it is not set'], ...rows]);
}

/** Of compose.yaml itself, which the edge never sees. */
const ofCompose = [
  ['EDGE_REPLICAS', '3', 'How many edges the profile `scale` has.'],
  ['HTTPS_PORT', '443', 'Ports of this machine.'],
  ['HTTP_PORT', '80', ''],
  ['EDGE_IMAGE', 'papel-edge:local', 'Images by digest, where a pipeline has built them.'],
  ['WEB_IMAGE', 'papel-web:local', ''],
] as const;

export function writeEnvironmentExample(): string {
  const lines = [
    '# Settings of Papel, all of them: copy this file to .env and take away the # before what you change.',
    '# Written from edge/config/settings.ts (npm run deploy:generate), which also checks them when the edge starts.',
    '#',
    '# Secrets belong into files: NAME_FILE=/path says where. compose.yaml does that already (deploy/docker/prepare.sh makes',
    '# the files), so leave NAME and NAME_FILE alone there.',
  ];
  for (const [name, { about, what, unset, example }] of Object.entries(settings)) {
    lines.push('', `# ${about}`, `# Has to be ${what.replace(', nor ', ' or ')}.`, `# While it is not set: ${unset}.`);
    lines.push(
      isSecret(name)
        ? `#${name}_FILE=/run/secrets/${name.replace('PAPEL_', '').toLowerCase().replaceAll('_', '-')}`
        : `#${name}=${example}`,
    );
  }
  lines.push('', '# ── Of compose.yaml only ──');
  for (const [name, value, about] of ofCompose)
    lines.push(...(about === '' ? [] : ['', `# ${about}`]), `#${name}=${value}`);
  return `${lines.join('\n')}\n`;
}
