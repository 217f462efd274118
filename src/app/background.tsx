import { Suspense, lazy, useEffect } from 'react';
import { useMatch } from 'react-router';

import { DropAnywhere } from '#src/documents/drop-anywhere.tsx';
import { RefusalNotice } from '#src/documents/refusal-notice.tsx';
import { ScanTray } from '#src/documents/scan-tray.tsx';
import { useRegion } from '#src/regions/regions.ts';
import { checkTelemetry } from '#src/telemetry/browser-telemetry.ts';

/** Time for the first screen to be drawn and used: sheets that a closed tab left can wait so long. */
const restMs = 2_000;

const SheetTray = lazy(async () => {
  await new Promise((resolve) => {
    setTimeout(resolve, restMs);
  });
  return { default: (await import('#src/answer-sheets/sheet-tray.tsx')).SheetTray };
});

/** What goes on whatever screen is shown: scanning, reading of sheets, and taking in what is dropped or pasted. */
export function Background({ isHidden }: { readonly isHidden: boolean }) {
  // An exam takes in its own files: sheets, class lists, keys.
  const isInExam = useMatch('/sheets/:examId/*') !== null;
  const { config } = useRegion();
  // Another market, or the edge's word, may forbid what waits to be sent.
  useEffect(checkTelemetry, [config]);
  return (
    <>
      {!isHidden && <ScanTray />}
      <Suspense>{!isHidden && <SheetTray />}</Suspense>
      {!isInExam && <DropAnywhere />}
      <RefusalNotice />
    </>
  );
}
