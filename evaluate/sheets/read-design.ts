import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { SheetDesign } from '#contract/sheets.ts';
import { importOmrChecker } from '#worker/answer-sheets/import-omrchecker.ts';

/** A design whose pictures are paths relative to the folder of the truth. */
export type DesignOnDisk = SheetDesign<string>;

const length = v.pipe(v.number(), v.finite());
const size = { width: length, height: length };
const place = { x: length, y: length, width: length };

const ownDesign = v.object({
  name: v.string(),
  unit: v.picklist(['mm', 'pixel']),
  size: v.object(size),
  location: v.variant('by', [
    v.object({
      by: v.literal('fiducials'),
      fiducials: v.array(
        v.variant('kind', [
          v.object({ kind: v.literal('aruco'), id: v.number(), ...place }),
          v.object({ kind: v.literal('picture'), picture: v.string(), ...place }),
        ]),
      ),
    }),
    v.object({ by: v.literal('page-outline') }),
    v.object({ by: v.literal('reference-picture'), picture: v.string() }),
    v.object({ by: v.literal('bubbles') }),
  ]),
  blocks: v.array(
    v.object({
      name: v.string(),
      fields: v.array(
        v.object({
          label: v.string(),
          kind: v.picklist(['single', 'digits', 'multiple']),
          bubbles: v.array(v.object({ value: v.string(), left: length, top: length, ...size })),
          emptyValue: v.string(),
        }),
      ),
    }),
  ),
  written: v.exactOptional(
    v.array(
      v.object({
        label: v.string(),
        kind: v.picklist(['single', 'digits', 'multiple']),
        values: v.array(v.string()),
        left: length,
        top: length,
        ...size,
      }),
    ),
  ),
  customLabels: v.array(v.object({ label: v.string(), parts: v.array(v.string()) })),
  outputColumns: v.array(v.string()),
});

/**
 * Reads a design of ours, which has `blocks`, or a template of OMRChecker.
 *
 * @param folder of the truth.
 * @param path of the design, relative to it.
 * @throws Error saying what is wrong with it.
 */
export function readDesign(folder: string, path: string): DesignOnDisk {
  const text = (file: string) =>
    existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : undefined;
  const json: unknown = JSON.parse(text(path) ?? 'null');
  if (typeof json === 'object' && json !== null && 'blocks' in json) return v.parse(ownDesign, json);
  const picture = (file: string) => (existsSync(join(folder, file)) ? file : undefined);
  return importOmrChecker({ text, picture }, path).design;
}

/** Paths of the pictures that a design is located by. */
export function picturesOf({ location }: DesignOnDisk): readonly string[] {
  if (location.by === 'reference-picture') return [location.picture];
  if (location.by !== 'fiducials') return [];
  return [...new Set(location.fiducials.flatMap((mark) => (mark.kind === 'picture' ? [mark.picture] : [])))];
}
