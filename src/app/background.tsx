import { Suspense, lazy, useEffect, useState } from 'react';
import { useMatch } from 'react-router';

import { DropAnywhere } from '#src/documents/drop-anywhere.tsx';
import { RefusalNotice } from '#src/documents/refusal-notice.tsx';
import { ScanTray } from '#src/documents/scan-tray.tsx';
import { useRegion } from '#src/regions/regions.ts';
import { sheetQueueRecords } from '#src/store/sheet-queue-records.ts';
import { theStore } from '#src/store/store.ts';
import { checkTelemetry } from '#src/telemetry/browser-telemetry.ts';

// Only who has sheets to read needs it.
const SheetTray = lazy(async () => ({ default: (await import('#src/answer-sheets/sheet-tray.tsx')).SheetTray }));

/** Whether sheets have waited to be read since the start, in whichever tab they were added. */
function useSheetsToRead(): boolean {
  const [hasWaited, setHasWaited] = useState(false);
  useEffect(
    () =>
      sheetQueueRecords(theStore().db).watchWaiting(
        (isWaiting) => setHasWaited((before) => before || isWaiting),
        (cause) => console.error(cause),
      ),
    [],
  );
  return hasWaited;
}

/** What goes on whatever screen is shown: scanning, reading of sheets, and taking in what is dropped or pasted. */
export function Background({ isHidden }: { readonly isHidden: boolean }) {
  // An exam takes in its own files: sheets, class lists, keys.
  const isInExam = useMatch('/sheets/:examId/*') !== null;
  const { config } = useRegion();
  const hasSheets = useSheetsToRead();
  // Another market, or the edge's word, may forbid what waits to be sent.
  useEffect(checkTelemetry, [config]);
  return (
    <>
      {!isHidden && <ScanTray />}
      <Suspense>{hasSheets && !isHidden && <SheetTray />}</Suspense>
      {!isInExam && <DropAnywhere />}
      <RefusalNotice />
    </>
  );
}
