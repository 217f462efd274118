import { directoryOpen, fileOpen } from 'browser-fs-access';

/** By extension too, as not every system knows the types of HEIC and AVIF. */
const accepted = {
  description: 'Photos, PDF',
  mimeTypes: [
    'image/jpeg',
    'image/png',
    'image/webp',
    'image/avif',
    'image/bmp',
    'image/heic',
    'image/tiff',
    'application/pdf',
  ],
  extensions: ['.jpg', '.jpeg', '.png', '.webp', '.avif', '.bmp', '.heic', '.heif', '.tif', '.tiff', '.pdf'],
};

const withArchives = {
  description: 'Photos, PDF, ZIP',
  mimeTypes: [...accepted.mimeTypes, 'application/zip'],
  extensions: [...accepted.extensions, '.zip'],
};

/** Lets the user pick any number of files; none where the picker was closed. Needs a user's gesture. */
export async function pickFiles({ archives = false }: { readonly archives?: boolean } = {}): Promise<File[]> {
  return (
    (await unlessClosed(fileOpen({ ...(archives ? withArchives : accepted), multiple: true, id: 'papel-photos' }))) ??
    []
  );
}

/** Lets the user pick a ZIP with the template of somebody else's sheet, or the files of one. */
export async function pickTemplateFiles(): Promise<File[]> {
  const templates = {
    description: 'ZIP, JSON, CSV',
    mimeTypes: ['application/zip', 'application/json', 'text/csv', 'image/jpeg', 'image/png'],
    extensions: ['.zip', '.json', '.csv', '.jpg', '.jpeg', '.png'],
  };
  return (await unlessClosed(fileOpen({ ...templates, multiple: true, id: 'papel-templates' }))) ?? [];
}

const byPath = new Intl.Collator(undefined, { numeric: true });

/**
 * Lets the user pick a folder.
 *
 * @returns the files in it and in its folders, by their names, so that `page 2` comes before `page 10`; none where the
 *   picker was closed
 */
export async function pickFolder(): Promise<File[]> {
  const picked = (await unlessClosed(directoryOpen({ recursive: true, id: 'papel-folder' }))) ?? [];
  // An empty folder gives its handle instead of files.
  const files = picked.filter((each) => each instanceof File);
  return (
    files
      // Folders hold what systems leave behind: .DS_Store, ._photo.jpg.
      .filter(({ name }) => !name.startsWith('.'))
      .toSorted((a, b) => byPath.compare(a.webkitRelativePath || a.name, b.webkitRelativePath || b.name))
  );
}

async function unlessClosed<Picked>(picking: Promise<Picked>): Promise<Picked | undefined> {
  try {
    return await picking;
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'AbortError') return undefined;
    throw cause;
  }
}
