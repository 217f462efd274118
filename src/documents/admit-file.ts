import { CodedFailure } from '#contract/failures.ts';
import { inspectFile, type InspectedFile } from '#src/capture/inspect-file.ts';
import { currentRegion } from '#src/regions/regions.ts';

/**
 * Reads a file's header, as far as whoever runs the edge lets files in at all.
 *
 * @throws CodedFailure `switched-off`, and whatever `inspectFile` throws
 */
export async function admitFile(file: Blob): Promise<InspectedFile> {
  const { features, limits } = currentRegion().config;
  if (!features['document-scanning'].isOn) throw new CodedFailure('switched-off', 'Scanning is switched off');
  return inspectFile(file, limits.fileBytes);
}
