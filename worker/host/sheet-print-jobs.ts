import type { Handlers } from '#contract/jobs.ts';
import { layOutSheet } from '#worker/answer-sheets/layout/lay-out-sheet.ts';
import { paintText } from './paint-text.ts';

type PrintJob = 'answer-sheets.lay-out' | 'answer-sheets.print';

/** The writer of PDFs is a chunk of its own: who only reads sheets never loads it. */
export function createSheetPrintHandlers(): Pick<Handlers, PrintJob> {
  return {
    'answer-sheets.lay-out': async ({ plans }, report) => {
      report({ stage: 'lay-out' });
      return { sheets: plans.map(layOutSheet) };
    },
    'answer-sheets.print': async ({ order }, report) => {
      const { printSheets } = await import('#worker/answer-sheets/layout/print-sheets.ts');
      const { pdf, pages } = await printSheets(order, paintText, (done, total) =>
        report({ stage: 'write', done, total }),
      );
      return { pdf: new Blob([pdf], { type: 'application/pdf' }), pages };
    },
  };
}
