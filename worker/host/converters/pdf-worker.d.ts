/** The worker half of pdf.js, which comes without types. pdf.js itself looks for it in the global `pdfjsWorker`. */
declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs' {
  export const WorkerMessageHandler: unknown;
}
