/** Flattened pictures of the sheets that are being reviewed: made once, a few kept, the next ones made ahead. */
import { useEffect, useState } from 'react';

import type { Size } from '#contract/images.ts';
import type { Position } from '#contract/sheets.ts';
import { engine } from '#src/engine/engine.ts';
import type { ListedSheet } from '#src/store/records.ts';
import { sheetRecords } from '#src/store/sheet-records.ts';
import { theStore } from '#src/store/store.ts';
import { type Flattening, mapToFlattened, planFlattening } from './review-crop.ts';

export interface FlatPicture {
  readonly url: string;
  readonly size: Size;
  readonly flattening: Flattening;
  /** From the photo to this picture. */
  readonly map: (point: Position) => Position;
}

/** A picture is about 400 kB; the one that is shown, the one before, and what was made ahead. */
const mostKept = 8;

const kept = new Map<string, Promise<FlatPicture>>();

/** Another reading may have found other corners. */
function keyOf({ id, revision, reading }: ListedSheet, frame: Size): string {
  const corners = reading?.found === true ? reading.corners.map(({ x, y }) => `${x} ${y}`) : [];
  return [id, revision, frame.width, frame.height, ...corners].join(' ');
}

/**
 * @param frame of the sheet's design, in its units
 * @throws CodedFailure where the photo can't be flattened
 */
export function flattenOnce(sheet: ListedSheet, frame: Size): Promise<FlatPicture> {
  const key = keyOf(sheet, frame);
  const known = kept.get(key);
  if (known !== undefined) {
    // Used last, so that it goes last.
    kept.delete(key);
    kept.set(key, known);
    return known;
  }
  const picture = flatten(sheet, frame);
  kept.set(key, picture);
  // What failed is tried again when it is asked for again.
  picture.catch(() => kept.delete(key));
  for (const [oldest, old] of kept) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
    void old.then(({ url }) => URL.revokeObjectURL(url)).catch(() => undefined);
  }
  return picture;
}

async function flatten(sheet: ListedSheet, frame: Size): Promise<FlatPicture> {
  const photo = await sheetRecords(theStore().db).getPhoto(sheet.id);
  if (photo === undefined || sheet.reading?.found !== true) throw new Error('There is no read photo of this sheet.');
  const { corners } = sheet.reading;
  const flattening = planFlattening(frame);
  const { picture, size } = await engine.run('answer-sheets.flatten', { photo, corners, ...flattening });
  return { url: URL.createObjectURL(picture), size, flattening, map: mapToFlattened(corners, flattening) };
}

export type FlatState =
  | { readonly phase: 'coming' }
  | { readonly phase: 'there'; readonly picture: FlatPicture }
  | { readonly phase: 'failed' };

/** The flattened picture of a sheet, once it is there. */
export function useFlatPicture(sheet: ListedSheet | undefined, frame: Size | undefined): FlatState {
  const key = sheet === undefined || frame === undefined ? '' : keyOf(sheet, frame);
  const [state, setState] = useState<{ readonly key: string; readonly state: FlatState }>();
  useEffect(() => {
    if (sheet === undefined || frame === undefined) return undefined;
    let isWanted = true;
    flattenOnce(sheet, frame).then(
      (picture) => isWanted && setState({ key, state: { phase: 'there', picture } }),
      (cause: unknown) => {
        console.error(cause);
        if (isWanted) setState({ key, state: { phase: 'failed' } });
      },
    );
    return () => {
      isWanted = false;
    };
    // The key says all that matters of the sheet and its frame, which are new objects with every change of the store.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return state?.key === key ? state.state : { phase: 'coming' };
}
