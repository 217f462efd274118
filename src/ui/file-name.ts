/** A title as the name of a file: without signs that a system refuses, and no longer than all of them take. */
export function fileNameOf(title: string, fallback: string, extension: string): string {
  const name = title
    .replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/[. ]+$/, '')
    .trim();
  return `${name === '' ? fallback : name.slice(0, 100)}.${extension}`;
}
