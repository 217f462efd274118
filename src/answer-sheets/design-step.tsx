import type { ExamRecord } from '#src/store/records.ts';

export function DesignStep({ record }: { readonly record: ExamRecord }) {
  return <p>{record.exam.title}</p>;
}
