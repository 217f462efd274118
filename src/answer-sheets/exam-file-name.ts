/** A title as the name of a file: without signs that a system refuses. */
export function fileNameOf(title: string, fallback: string, extension: string): string {
  const name = title
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return `${name === '' ? fallback : name.slice(0, 100)}.${extension}`;
}
