import type { Operation } from '#contract/telemetry.ts';

/** Keys of texts: operations have dots in their names, which keys have a meaning for. */
export const operationNames = {
  'engine.start': 'telemetry.operation.engineStart',
  'documents.scan': 'telemetry.operation.scan',
  'documents.render': 'telemetry.operation.render',
  'documents.export-pdf': 'telemetry.operation.exportPdf',
  'photos.convert': 'telemetry.operation.convert',
  'answer-sheets.read': 'telemetry.operation.readSheet',
  'answer-sheets.print': 'telemetry.operation.printSheets',
  'answer-sheets.export': 'telemetry.operation.exportSheets',
  'text.read': 'telemetry.operation.readText',
  'characters.read': 'telemetry.operation.readCharacters',
  'faces.find': 'telemetry.operation.findFaces',
} as const satisfies Record<Operation, string>;
