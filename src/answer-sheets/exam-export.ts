import type { ExamRecord } from '#src/store/records.ts';

export function useExamExport(): (record: ExamRecord) => Promise<void> {
  return async () => {};
}
