import type { Handlers } from '#contract/jobs.ts';
import { findTemplates, importExam } from '#worker/answer-sheets/import-exam.ts';
import { UnusableTemplate } from '#worker/answer-sheets/omrchecker-files.ts';

/** Longer texts than any template or key: not read. */
const mostTextBytes = 4_000_000;

export function createSheetImportHandlers(): Pick<Handlers, 'answer-sheets.import'> {
  return {
    'answer-sheets.import': async ({ files, template }, report) => {
      report({ stage: 'read' });
      const byPath = new Map(files.map(({ path, file }) => [path.replace(/^\.?\//, ''), file]));
      const templates = findTemplates([...byPath.keys()]);
      const [first] = template === undefined ? templates : [template];
      if (first === undefined) return { templates, result: { usable: false, problem: '' } };
      const texts = new Map<string, string>();
      for (const [path, file] of byPath)
        if (/\.(?:json|csv)$/i.test(path) && file.size <= mostTextBytes) texts.set(path, await readText(file));
      try {
        const folder = { text: (path: string) => texts.get(path), picture: (path: string) => byPath.get(path) };
        return { templates, result: { usable: true, ...importExam(folder, first) } };
      } catch (cause) {
        if (!(cause instanceof UnusableTemplate)) throw cause;
        return { templates, result: { usable: false, problem: cause.message } };
      }
    },
  };
}

/** Without the mark that some editors put before UTF-8. */
async function readText(file: Blob): Promise<string> {
  return (await file.text()).replace(/^\uFEFF/, '');
}
