/** Changes that may be taken back, as the screens make them. */
import type { ListedSheet } from '#src/store/records.ts';
import { assignStudent, setAside } from './flow.ts';

/** @param say shows what was done, with a way back */
export async function assignWithUndo(
  { id, studentByHand }: Pick<ListedSheet, 'id' | 'studentByHand'>,
  studentId: string | undefined,
  say: (undo: () => void) => void,
): Promise<void> {
  await assignStudent(id, studentId);
  say(() => void assignStudent(id, studentByHand));
}

/** @param say shows what was done, with a way back */
export async function setAsideWithUndo(sheetIds: readonly string[], say: (undo: () => void) => void): Promise<void> {
  const setAll = async (isSetAside: boolean) => {
    for (const id of sheetIds) await setAside(id, isSetAside);
  };
  await setAll(true);
  say(() => void setAll(false));
}
