import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelEntry } from '../../../contract/models.ts';
import { rebuildYunet } from './rebuild-yunet.ts';

/** As its authors publish it. What the address gives has to have this digest. */
const source = {
  url: 'https://raw.githubusercontent.com/ShiqiYu/libfacedetection.train/master/onnx/yunet_n_640_640.onnx',
  sha256: '25a606a145a5b6d7271ae138fbd00eba91dad8b83222ae3f2c7ecd0f4a7b0e31',
};

const folder = 'face-detection-yunet';

/**
 * Makes models/face-detection-yunet and enters it into models/local-manifest.json, from which the next build takes it. Neither is
 * committed.
 *
 * @param models the folder models/
 * @param from a file yunet_n_640_640.onnx; fetched from its publisher where `undefined`
 * @throws where the file is not the one that this recipe knows
 */
export async function make(models: string, from: string | undefined): Promise<string> {
  const file = from === undefined ? await download(source.url) : readFileSync(from);
  const digest = digestOf(file);
  if (digest !== source.sha256) throw new Error(`The file has the digest ${digest}, not ${source.sha256}`);
  const { json, weights } = rebuildYunet(file);
  const contents = { 'model.json': Buffer.from(json), 'weights.bin': weights };
  for (const [name, content] of Object.entries(contents)) writeFileSync(join(models, folder, name), content);
  const entry: ModelEntry = {
    name: folder,
    version: 1,
    capability: 'faces',
    files: Object.entries(contents).map(([name, content]) => ({
      path: `${folder}/${name}`,
      bytes: content.length,
      sha256: digestOf(content),
    })),
    input: {
      name: 'image',
      shape: [1, 320, 320, 3],
      dtype: 'float32',
      meaning: 'R, G, B from 0 to 1; height and width may be any multiples of 32',
    },
    outputs: [8, 16, 32].flatMap((cellPx): ModelEntry['outputs'] => [
      {
        name: `scores-${cellPx}`,
        shape: [1, 320 / cellPx, 320 / cellPx, 2],
        dtype: 'float32',
        meaning: `for each cell of ${cellPx} pixels, chances of a face and that its box fits`,
      },
      {
        name: `places-${cellPx}`,
        shape: [1, 320 / cellPx, 320 / cellPx, 14],
        dtype: 'float32',
        meaning: 'in cells, from the cell: centre; logarithms of width and height; eyes, nose, corners of the mouth',
      },
    ]),
    quantisation: 'weights of 8 bits, one scale for each output channel; chances in 32 bits',
    licence: 'Apache-2.0',
    source: `${source.url}, trained by its authors on WIDER FACE`,
    recipe: `${folder}/README.md`,
  };
  writeFileSync(join(models, 'local-manifest.json'), `${JSON.stringify({ models: [entry] }, null, 2)}\n`);
  return `models/${folder}: ${json.length + weights.length} bytes, entered into models/local-manifest.json; now build.`;
}

async function download(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function digestOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
