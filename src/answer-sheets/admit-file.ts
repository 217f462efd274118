import { CodedFailure } from '#contract/failures.ts';
import { inspectFile, type InspectedFile } from '#src/capture/inspect-file.ts';
import { currentRegion } from '#src/regions/regions.ts';
import { type UnzipLimits, usualUnzipLimits } from './unzip-files.ts';

/**
 * Reads a file's header, as far as whoever runs the edge lets sheets in at all.
 *
 * @throws CodedFailure `switched-off`, and whatever `inspectFile` throws
 */
export async function admitFile(file: Blob): Promise<InspectedFile> {
  const { features, limits } = currentRegion().config;
  if (!features['answer-sheets'].isOn) throw new CodedFailure('switched-off', 'Answer sheets are switched off');
  return inspectFile(file, limits.fileBytes);
}

/** The limit of a single file holds inside an archive, too; the archive itself may be as long as its photos. */
export function currentUnzipLimits(): UnzipLimits {
  return { ...usualUnzipLimits, mostFileBytes: currentRegion().config.limits.fileBytes };
}
