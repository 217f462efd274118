/** What `models/manifest.json` says of every model that Papel ships: the one list, read by the build. */
import * as v from 'valibot';

/** Which capability of the app uses a model, and so when it is fetched: with the scanner, with answer sheets, with faces. */
const modelCapabilities = ['scan', 'sheets', 'faces'] as const;

const name = v.pipe(v.string(), v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'small letters, digits and dashes'));
const text = v.pipe(v.string(), v.trim(), v.nonEmpty());
/** Inside models/, with slashes, and never out of it. */
const pathInModels = v.pipe(
  v.string(),
  v.regex(/^[\w-]+(?:\/[\w-]+(?:\.[\w-]+)*)+$/, 'a path such as document-detection/weights.bin'),
);
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));

const tensorSchema = v.strictObject({
  name: text,
  /** Outermost first; batch, height, width and channels for pictures. */
  shape: v.pipe(v.array(positive), v.minLength(1)),
  dtype: v.picklist(['float32', 'int32', 'uint8']),
  meaning: text,
});

const modelFileSchema = v.strictObject({
  path: pathInModels,
  bytes: positive,
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits')),
});

const modelEntrySchema = v.strictObject({
  name,
  /** Counts up with each training that is shipped. */
  version: positive,
  capability: v.picklist(modelCapabilities),
  files: v.pipe(v.array(modelFileSchema), v.minLength(1)),
  input: tensorSchema,
  outputs: v.pipe(v.array(tensorSchema), v.minLength(1)),
  quantisation: text,
  /** SPDX identifier. */
  licence: text,
  /** Where the weights come from. */
  source: text,
  /** The README in models/ that says how to make it again, and how good it is. */
  recipe: pathInModels,
});
export type ModelEntry = v.InferOutput<typeof modelEntrySchema>;

export const modelManifestSchema = v.strictObject({
  models: v.pipe(
    v.array(modelEntrySchema),
    v.check((models) => new Set(models.map((model) => model.name)).size === models.length, 'two models of one name'),
  ),
});
