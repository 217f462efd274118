/** Files of a drop or a paste. Whether they are pictures shows when they are inspected. */

/** A folder as a drop holds it; deeper ones than this are not a pile of photos. */
const mostDepth = 8;

/**
 * All files of a drop or a paste, those in dropped folders too, folder by folder in the order of their names, so that
 * `page 2` comes before `page 10`.
 *
 * Call it before anything is awaited in the event's handler: the browser empties the transfer afterwards.
 */
export async function filesFromTransfer(transfer: DataTransfer): Promise<File[]> {
  const taken = Array.from(transfer.items)
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry?.() ?? undefined, file: item.getAsFile() ?? undefined }));
  const files = await Promise.all(
    taken.map(async ({ entry, file }) => {
      if (entry?.isDirectory) return filesIn(entry, mostDepth);
      return file === undefined ? [] : [file];
    }),
  );
  return files.flat();
}

/** Whether a drag brings files, to tell it from dragged text. Their names are not readable before the drop. */
export function bringsFiles(transfer: Pick<DataTransfer, 'types'>): boolean {
  return transfer.types.includes('Files');
}

const byName = new Intl.Collator(undefined, { numeric: true });

async function filesIn(entry: FileSystemEntry, depth: number): Promise<File[]> {
  // Folders hold what systems leave behind: .DS_Store, ._photo.jpg.
  if (entry.name.startsWith('.')) return [];
  if (isFile(entry)) return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))];
  if (!isDirectory(entry) || depth === 0) return [];
  const children = await readAll(entry.createReader());
  const sorted = children.toSorted((a, b) => byName.compare(a.name, b.name));
  const files: File[] = [];
  for (const child of sorted) files.push(...(await filesIn(child, depth - 1)));
  return files;
}

/** A reader gives a part at a time, 100 entries in Chromium, and an empty one at the end. */
async function readAll(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return all;
    all.push(...part);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
