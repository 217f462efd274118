import { fileSave } from 'browser-fs-access';

import { asFailure } from '#contract/failures.ts';

/** Lets the user put a file somewhere. Needs a user's gesture. @returns false where the picker was closed or the file was refused */
export async function saveExamFile(file: File): Promise<'saved' | 'closed' | 'failed'> {
  try {
    const extension = file.name.slice(file.name.lastIndexOf('.'));
    await fileSave(file, { fileName: file.name, extensions: [extension], mimeTypes: [file.type], id: 'papel-save' });
    return 'saved';
  } catch (cause) {
    if (asFailure(cause).code === 'cancelled') return 'closed';
    console.error(cause);
    return 'failed';
  }
}

/** A title as the name of a file: without signs that a system refuses. */
export function fileNameOf(title: string, fallback: string, extension: string): string {
  const name = title
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return `${name === '' ? fallback : name.slice(0, 100)}.${extension}`;
}
