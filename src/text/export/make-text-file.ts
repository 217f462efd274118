import { fileNameOf } from '#contract/file-name.ts';
import { plainTextOf, textLanguages } from '#contract/text.ts';
import type { DocumentRecord, TextRecord } from '#src/store/records.ts';
import { blocksOf } from '#src/store/store-texts.ts';
import { writeMarkdown } from './write-markdown.ts';

export type TextFormat = 'txt' | 'md' | 'docx';

/** The texts of these pages, in their order, as one file. `fallbackName` is for a document without a name. */
export async function makeTextFile(
  document: DocumentRecord,
  pages: readonly { readonly text: TextRecord | undefined }[],
  format: TextFormat,
  fallbackName: string,
): Promise<File> {
  const texts = pages.flatMap(({ text }) => (text === undefined ? [] : [blocksOf(text)]));
  const title = document.name === '' ? fallbackName : document.name;
  const name = fileNameOf(title, fallbackName, format);
  switch (format) {
    case 'txt':
      return new File([texts.map((blocks) => `${plainTextOf({ blocks })}\n`).join('\n')], name, { type: 'text/plain' });
    case 'md':
      return new File([writeMarkdown(texts)], name, { type: 'text/markdown' });
    case 'docx': {
      // 70 kB on the line, for those who want a Word file.
      const { writeDocx } = await import('./write-docx.ts');
      const [main = 'eng'] = pages[0]?.text?.reading?.languages ?? [];
      const file = await writeDocx({ title, pages: texts, language: textLanguages[main].tag });
      return new File([file], name, { type: file.type });
    }
    default:
      return format satisfies never;
  }
}
