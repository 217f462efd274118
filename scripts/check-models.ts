import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import * as v from 'valibot';
import { modelManifestSchema, type ModelEntry } from '../contract/models.ts';

/** What goes into the app: a graph, or weights in one of the usual formats. */
const servedFile = /(?:^|\/)model\.json$|\.(?:bin|onnx|tflite)$/;
/** Recipes with whatever their training leaves, texts, figures, and the list itself. */
const besideModels = /(?:^|\/)recipe\/|\.(?:md|csv|png|svg)$|^(?:local-)?manifest\.json$|(?:^|\/)\.gitignore$/;

/** Models that an operator has made with a recipe that needs a network; never committed. */
const localManifest = 'local-manifest.json';

/**
 * Holds models/manifest.json, and models/local-manifest.json where there is one, against its folder: every file listed as it is, every model with its recipe, and no
 * file beside them that the list does not have.
 *
 * @throws Error that names every disagreement
 */
export function checkModels(folder: string): readonly ModelEntry[] {
  const local = existsSync(join(folder, localManifest)) ? readManifest(folder, localManifest) : [];
  const models = [...readManifest(folder, 'manifest.json'), ...local];
  const listed = new Set(models.flatMap(({ files }) => files.map(({ path }) => path)));
  const names = models.map(({ name }) => name);
  const wrong = [
    ...names.filter((name, index) => names.indexOf(name) < index).map((name) => `two models of the name ${name}`),
    ...models.flatMap((model) => judgeModel(folder, model)),
    ...listFiles(folder)
      .filter((path) => (servedFile.test(path) || !besideModels.test(path)) && !listed.has(path))
      .map((path) => `${path} has no entry`),
  ];
  if (wrong.length > 0) {
    throw new Error(`models/manifest.json and its folder disagree (npm run models -- --update):\n${wrong.join('\n')}`);
  }
  return models;
}

function readManifest(folder: string, name: string): readonly ModelEntry[] {
  const parsed = v.safeParse(modelManifestSchema, JSON.parse(readFileSync(join(folder, name), 'utf8')));
  if (parsed.success) return parsed.output.models;
  const issues = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'models'}: ${issue.message}`);
  throw new Error(`models/${name} is not as contract/models.ts wants it:\n${issues.join('\n')}`);
}

function judgeModel(folder: string, { name, files, recipe }: ModelEntry): readonly string[] {
  const wrong = files.map((file) => judgeFile(folder, file));
  const names = new Set(files.map(({ path }) => basename(path)));
  // Whoever loads a model knows its files by their base names.
  if (names.size < files.length) wrong.push(`${name} has two files of one name`);
  if (!recipe.endsWith('.md') || !existsSync(join(folder, recipe))) wrong.push(`${name} has no recipe at ${recipe}`);
  return wrong.filter((reason) => reason !== undefined);
}

function judgeFile(folder: string, { path, bytes, sha256 }: ModelEntry['files'][number]): string | undefined {
  const file = join(folder, path);
  if (!existsSync(file)) return `${path} is not there`;
  const content = readFileSync(file);
  if (content.length !== bytes) return `${path} has ${content.length} bytes, not ${bytes}`;
  const digest = createHash('sha256').update(content).digest('hex');
  return digest === sha256 ? undefined : `${path} has the digest ${digest}, not ${sha256}`;
}

function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}
