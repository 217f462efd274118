import { fileOpen } from 'browser-fs-access';

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

/** Lets the user pick any number of files; none where the picker was closed. Needs a user's gesture. */
export async function pickFiles(): Promise<File[]> {
  try {
    return await fileOpen({ ...accepted, multiple: true, id: 'papel-photos' });
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'AbortError') return [];
    throw cause;
  }
}
