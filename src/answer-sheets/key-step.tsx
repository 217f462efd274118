import type { ExamRecord } from '#src/store/records.ts';

export function KeyStep({ record }: { readonly record: ExamRecord }) {
  return <p>{record.exam.title}</p>;
}
