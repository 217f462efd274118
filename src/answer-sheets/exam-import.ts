export function useExamImport(): () => Promise<string | undefined> {
  return async () => undefined;
}
