/** The one flow of forms in this page over the opened store and the engine. Call `openStore` before. */
import { CodedFailure } from '#contract/failures.ts';
import { inspectFile } from '#src/capture/inspect-file.ts';
import { engine } from '#src/engine/engine.ts';
import { currentRegion } from '#src/regions/regions.ts';
import { type FormRecords, formRecords } from '#src/store/form-records.ts';
import { theStore } from '#src/store/store.ts';
import { type FormFlow, createFormFlow } from './create-form-flow.ts';

/** How long a deletion can be undone; then a purge takes it away for good. */
const undoMs = 10 * 60_000;

let open: { readonly records: FormRecords; readonly flow: FormFlow } | undefined;

function theOpen() {
  if (open !== undefined) return open;
  const records = formRecords(theStore().db);
  const flow = createFormFlow({
    records,
    engine,
    inspect: (file) => {
      const { features, limits } = currentRegion().config;
      if (!features.handwriting.isOn) throw new CodedFailure('switched-off', 'Reading handwriting is switched off');
      return inspectFile(file, limits.fileBytes);
    },
    now: Date.now,
    onError: (cause) => console.error(cause),
  });
  open = { records, flow };
  return open;
}

export function theForms(): FormRecords {
  return theOpen().records;
}

export function theFormFlow(): FormFlow {
  return theOpen().flow;
}

/** Takes away for good what can no longer be brought back. */
export async function purgeDeletedForms(): Promise<void> {
  await theForms().purge(Date.now() - undoMs);
}
