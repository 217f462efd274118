/** Files around a template of OMRChecker, from a folder, a ZIP or picked one by one. */
import { CodedFailure } from '#contract/failures.ts';
import { isZip, unzipFiles } from './unzip-files.ts';

export interface TemplateFile {
  readonly path: string;
  readonly file: Blob;
}

/** What a template may need: itself, keys, marker and reference pictures. */
const wanted = /\.(?:json|csv|jpe?g|png|webp|bmp)$/i;
/** Templates with their pictures have a few megabytes; a folder of a whole school's photos is no template. */
const limits = { mostFileBytes: 30e6, mostBytes: 200e6, mostFiles: 2000 };

/** @throws CodedFailure `damaged-file`, `file-too-big` where a file of an archive cannot be unpacked */
export async function gatherTemplateFiles(files: readonly File[]): Promise<readonly TemplateFile[]> {
  const gathered: TemplateFile[] = [];
  for (const file of files) {
    const path = file.webkitRelativePath || file.name;
    if (await isZip(file)) gathered.push(...(await unpack(file)));
    else if (wanted.test(path)) gathered.push({ path, file });
  }
  return gathered;
}

async function unpack(zip: File): Promise<readonly TemplateFile[]> {
  const unpacked: TemplateFile[] = [];
  for await (const entry of unzipFiles(zip, limits)) {
    if (!wanted.test(entry.name)) continue;
    if ('failure' in entry) throw new CodedFailure(entry.failure.code, entry.failure.message, entry.failure.figures);
    unpacked.push({ path: entry.name, file: entry.file });
  }
  return unpacked;
}
