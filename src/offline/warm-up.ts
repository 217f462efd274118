import type { OfflineChoice, RuntimePart } from './service-worker/runtime-files.ts';

/** What Chromium tells of the line; other browsers tell nothing. */
export interface Line {
  readonly saveData?: boolean;
  readonly effectiveType?: string;
  readonly type?: string;
}

/**
 * Data is dear where the user asked to save it, on a mobile network (in the Philippines mostly prepaid by the megabyte)
 * and where the line is so slow that 3 MB in the background would take it from what the user waits for.
 */
export function isDataDear({ saveData, effectiveType, type }: Line): boolean {
  return saveData === true || type === 'cellular' || effectiveType === 'slow-2g' || effectiveType === '2g';
}

/**
 * Which parts to fetch without being asked, once the first screen stands. The other screens are 260 kB on the line and
 * always worth it. What a scan needs is 2.6 MB: fetched so that a second visit can scan without a network, unless data is
 * dear or the user has removed the files. Decoders for PDF, TIFF and HEIC only come on first use or by wish.
 *
 * @param hasScanned whether files of a scan are there from use: then the device keeps them, through updates too
 */
export function chooseParts({ wishes, parts }: OfflineChoice, line: Line, hasScanned: boolean): readonly RuntimePart[] {
  const isWorthIt = hasScanned || parts.includes('scan') || !isDataDear(line);
  const chosen: RuntimePart[] = ['screens'];
  if (wishes.scan === 'keep' || (wishes.scan === undefined && isWorthIt)) chosen.push('scan');
  if (wishes.import === 'keep') chosen.push('import');
  return chosen;
}
