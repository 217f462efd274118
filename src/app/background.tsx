import { useEffect } from 'react';
import { useMatch } from 'react-router';

import { SheetTray } from '#src/answer-sheets/sheet-tray.tsx';
import { DropAnywhere } from '#src/documents/drop-anywhere.tsx';
import { RefusalNotice } from '#src/documents/refusal-notice.tsx';
import { ScanTray } from '#src/documents/scan-tray.tsx';
import { useRegion } from '#src/regions/regions.ts';
import { checkTelemetry } from '#src/telemetry/browser-telemetry.ts';

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
      {!isHidden && <SheetTray />}
      {!isInExam && <DropAnywhere />}
      <RefusalNotice />
    </>
  );
}
