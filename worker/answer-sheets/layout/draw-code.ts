import { encode } from 'uqr';
import { formatSheetCode, type SheetIdentity } from '#contract/sheet-code.ts';
import type { PrintedItem, SheetRectangle } from '#contract/sheets.ts';
import { codeModules } from './paper-frame.ts';

/**
 * The QR code of a page. Version 3 with error correction Q holds 47 characters of the alphanumeric mode, and the longest
 * code has 40: all codes are of one size, and a quarter of one may be damaged.
 *
 * @param place of the code, quiet zone included.
 */
export function drawCode(identity: SheetIdentity, place: SheetRectangle): PrintedItem {
  const { data } = encode(formatSheetCode(identity), {
    ecc: 'Q',
    boostEcc: false,
    minVersion: 3,
    maxVersion: 3,
    border: 0,
  });
  const module = place.width / (codeModules.side + 2 * codeModules.quiet);
  return {
    kind: 'modules',
    rows: data,
    left: place.left + codeModules.quiet * module,
    top: place.top + codeModules.quiet * module,
    width: codeModules.side * module,
    height: codeModules.side * module,
  };
}
