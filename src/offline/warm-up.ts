import { capabilityParts, type OfflineChoice, type RuntimePart } from './service-worker/runtime-files.ts';

/**
 * Which parts to fetch in the background, once the first screen stands. The other screens are 0.4 MB on the line and come for
 * everybody. The rest, engines and their networks, is megabytes that somebody pays for: it comes with the user's wish to
 * keep it, or with the first use, which also lets the device have what of that part was not needed yet.
 *
 * @param used parts of which files are there from use: the device keeps them, through updates too
 */
export function chooseParts({ wishes, parts }: OfflineChoice, used: readonly RuntimePart[]): readonly RuntimePart[] {
  const chosen = new Set<RuntimePart>(['screens']);
  for (const name of ['scan', 'sheets', 'text', 'faces'] as const) {
    const isUsed = used.includes(name) || parts.includes(name);
    if (wishes[name] === 'keep') for (const part of capabilityParts[name]) chosen.add(part);
    // Without what they share with scans, the others are of no use.
    else if (wishes[name] === undefined && isUsed && (name === 'scan' || chosen.has('scan'))) chosen.add(name);
  }
  if (wishes.import === 'keep') chosen.add('import');
  return [...chosen];
}
