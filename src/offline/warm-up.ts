import { capabilityParts, type OfflineChoice, type RuntimePart } from './service-worker/runtime-files.ts';

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
 * Which parts to fetch without being asked, once the first screen stands. The other screens are 340 kB on the line and
 * always worth it. What a scan needs is 2.8 MB, the screens of answer sheets and the readers of their codes and of
 * handwriting 0.8 MB: fetched so that a second visit can do without a network, unless data is dear or the user has removed
 * the files. What reads text, what finds faces, and decoders for PDF, TIFF and HEIC, only come on first use or by wish.
 *
 * @param used parts of which files are there from use: the device keeps them, through updates too
 */
export function chooseParts(
  { wishes, parts }: OfflineChoice,
  line: Line,
  used: readonly RuntimePart[],
): readonly RuntimePart[] {
  const isWanted = (name: 'scan' | 'sheets'): boolean =>
    wishes[name] === 'keep' ||
    (wishes[name] === undefined && (used.includes(name) || parts.includes(name) || !isDataDear(line)));
  const chosen = new Set<RuntimePart>(['screens']);
  if (isWanted('scan')) chosen.add('scan');
  // Without the rest of what sheets need, they are of no use.
  if (wishes.sheets === 'keep') for (const part of capabilityParts.sheets) chosen.add(part);
  else if (chosen.has('scan') && isWanted('sheets')) chosen.add('sheets');
  // For what not everybody does: never of its own accord, but kept where it was used.
  for (const name of ['text', 'faces'] as const) {
    const isUsed = used.includes(name) || parts.includes(name);
    if (wishes[name] === 'keep' || (wishes[name] === undefined && isUsed)) chosen.add(name);
  }
  if (wishes.import === 'keep') chosen.add('import');
  return [...chosen];
}
