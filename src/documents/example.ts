import examplePhoto from './example-photo.jpg';
import { addPhotos, renameDocument } from './flow.ts';

/** Scans the example: a photo of a page, made by scripts/draw-example.mjs. Returns its document. */
export async function openExample(name: string): Promise<string> {
  const response = await fetch(examplePhoto);
  if (!response.ok) throw new Error(`The example is not there: ${response.status}`);
  const { documentId } = await addPhotos({ photos: [{ file: await response.blob(), name: '', kind: 'jpeg' }] });
  await renameDocument(documentId, name);
  return documentId;
}
