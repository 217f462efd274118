import { Suspense, lazy, useEffect, useState } from 'react';
import { useMatch } from 'react-router';

import { DropAnywhere } from '#src/documents/drop-anywhere.tsx';
import { RefusalNotice } from '#src/documents/refusal-notice.tsx';
import { ScanTray } from '#src/documents/scan-tray.tsx';
import { useRegion } from '#src/regions/regions.ts';
import { sheetQueueRecords } from '#src/store/sheet-queue-records.ts';
import { theStore } from '#src/store/store.ts';
import { textQueueRecords } from '#src/store/text-queue-records.ts';
import { checkTelemetry } from '#src/telemetry/browser-telemetry.ts';

// Only who has sheets to read needs it.
const SheetTray = lazy(async () => ({ default: (await import('#src/answer-sheets/sheet-tray.tsx')).SheetTray }));

// Likewise who has text to read.
const TextTray = lazy(async () => ({ default: (await import('#src/text/text-tray.tsx')).TextTray }));

type WatchWaiting = ReturnType<typeof textQueueRecords>['watchWaiting'];

const watchSheets: WatchWaiting = (...listeners) => sheetQueueRecords(theStore().db).watchWaiting(...listeners);
const watchTexts: WatchWaiting = (...listeners) => textQueueRecords(theStore().db, () => []).watchWaiting(...listeners);

/** Whether anything has waited in this line since the start, in whichever tab it was added. */
function useHasWaited(watch: WatchWaiting): boolean {
  const [hasWaited, setHasWaited] = useState(false);
  useEffect(
    () =>
      watch(
        (isWaiting) => setHasWaited((before) => before || isWaiting),
        (cause) => console.error(cause),
      ),
    [watch],
  );
  return hasWaited;
}

/** What goes on whatever screen is shown: scanning, reading of sheets and texts, and taking in what is dropped or pasted. */
export function Background({ isHidden }: { readonly isHidden: boolean }) {
  // An exam takes in its own files: sheets, class lists, keys.
  const isInExam = useMatch('/sheets/:examId/*') !== null;
  // So do the tools: what is dropped on them is not for the library.
  const isInTool = useMatch('/tools/:tool') !== null;
  const { config } = useRegion();
  const hasSheets = useHasWaited(watchSheets);
  const hasTexts = useHasWaited(watchTexts);
  // Another market, or the edge's word, may forbid what waits to be sent.
  useEffect(checkTelemetry, [config]);
  return (
    <>
      {!isHidden && <ScanTray />}
      <Suspense>{hasSheets && !isHidden && <SheetTray />}</Suspense>
      <Suspense>{hasTexts && <TextTray isHidden={isHidden} />}</Suspense>
      {!isInExam && !isInTool && <DropAnywhere />}
      <RefusalNotice />
    </>
  );
}
