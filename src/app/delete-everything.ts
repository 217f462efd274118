import { stopScanning } from '#src/documents/flow.ts';
import { clearStore } from '#src/store/clear-store.ts';
import { theStore } from '#src/store/store.ts';
import { stopReading } from '#src/text/flow.ts';

/** Documents, exams, class lists, sheets: gone for good. What a worker has in hand is dropped when it comes back. */
export async function deleteEverything(): Promise<void> {
  await stopScanning();
  await stopReading();
  await clearStore(theStore().db);
}
