/** Hidden pictures as files to save. */
import type { Engine } from '#src/engine/engine.ts';

/** Of one ZIP, which is put together in memory: phones have that much to spare. */
const mostZipBytes = 300e6;

interface FilesToMake {
  readonly photos: readonly Blob[];
  /** What files are called, without an extension. Names of the photos are left out: they often are those of pupils. */
  readonly name: string;
  readonly together: boolean;
  readonly signal: AbortSignal;
}

/** One file, one ZIP (or as many as their size needs), or each picture as a file of its own. */
export async function makeHiddenFiles(
  engine: Engine,
  { photos, name, together, signal }: FilesToMake,
): Promise<readonly File[]> {
  const zip = together && photos.length > 1;
  const parts = zip ? splitBySize(photos) : [photos];
  const files: File[] = [];
  for (const [index, pages] of parts.entries()) {
    const partName = parts.length > 1 ? `${name} ${index + 1}` : name;
    const made = await engine.run(
      'documents.export-pictures',
      // As they are: at this quality nothing is encoded anew.
      { pages, format: 'jpeg', quality: 1, name: partName, zip },
      { signal },
    );
    files.push(...made.files.map(({ name: fileName, file }) => new File([file], fileName, { type: file.type })));
  }
  return files;
}

function splitBySize(photos: readonly Blob[]): Blob[][] {
  const parts: Blob[][] = [];
  let bytes = Infinity;
  for (const photo of photos) {
    if (bytes + photo.size > mostZipBytes) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(photo);
    bytes += photo.size;
  }
  return parts;
}
