import { zipSync, type Zippable } from 'fflate';
import { safeFileName } from '#contract/file-name.ts';

export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** "Name.jpg" for one picture, "Name - 01.jpg" and so on for several, with as many digits as the last one needs. */
export function namePictures(name: string, count: number, format: 'jpeg' | 'png', fallback: string): string[] {
  const base = safeFileName(name, fallback);
  const ending = format === 'jpeg' ? 'jpg' : 'png';
  if (count === 1) return [`${base}.${ending}`];
  const digits = Math.max(2, String(count).length);
  return Array.from({ length: count }, (_, index) => `${base} - ${String(index + 1).padStart(digits, '0')}.${ending}`);
}

/** A ZIP of pictures as they are: JPEG and PNG are compressed already. `modifiedAt` is the time that each file shows. */
export function zipPictures(files: readonly NamedFile[], modifiedAt: Date): Uint8Array<ArrayBuffer> {
  const contents: Zippable = {};
  for (const { name, bytes } of files) contents[name] = bytes;
  return new Uint8Array(zipSync(contents, { level: 0, mtime: modifiedAt }));
}
