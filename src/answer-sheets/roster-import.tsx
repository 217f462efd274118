export function RosterImport({ examId }: { readonly examId: string | undefined }) {
  return <p>{examId}</p>;
}
