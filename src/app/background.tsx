import { DropAnywhere } from '#src/documents/drop-anywhere.tsx';
import { RefusalNotice } from '#src/documents/refusal-notice.tsx';
import { ScanTray } from '#src/documents/scan-tray.tsx';

/** What goes on whatever screen is shown: scanning, and taking in what is dropped or pasted. */
export function Background({ isHidden }: { readonly isHidden: boolean }) {
  return (
    <>
      {!isHidden && <ScanTray />}
      <DropAnywhere />
      <RefusalNotice />
    </>
  );
}
