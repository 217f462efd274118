import { type AddedFiles, importFiles } from './flow.ts';
import { showRefusals } from './refusals.ts';

/** Adds files to the document, or to a new one; those that are refused appear in the one list. */
export async function takeInFiles(files: readonly File[], documentId?: string): Promise<AddedFiles> {
  const added = await importFiles({ documentId, files });
  showRefusals(added.refused);
  return added;
}
