import { expect, type JSHandle, type Page } from '@playwright/test';

export interface DroppedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Drops files anywhere on the page, all at once, as soon as it takes drops. */
export async function dropFiles(page: Page, files: readonly DroppedFile[]): Promise<void> {
  const sent = files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') }));
  const transfer = await page.evaluateHandle(async (all) => {
    const data = new DataTransfer();
    for (const { name, base64 } of all) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      data.items.add(new File([bytes], name));
    }
    return data;
  }, sent);
  await dropTransfer(page, transfer);
  await transfer.dispose();
}

/** Drops one file so large that it is made in the page: `bytes` zeros behind the beginning. */
export async function dropHugeFile(page: Page, name: string, bytes: number, beginning: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    (file) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(file.beginning), new Uint8Array(file.bytes)], file.name));
      return data;
    },
    { name, bytes, beginning: [...beginning] },
  );
  await dropTransfer(page, transfer);
  await transfer.dispose();
}

async function dropTransfer(page: Page, dataTransfer: JSHandle<DataTransfer>): Promise<void> {
  // What takes drops says so while something is dragged over it, as a browser asks it too.
  await expect
    .poll(() =>
      dataTransfer.evaluate((data) => {
        const over = new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer: data });
        document.body.dispatchEvent(over);
        return over.defaultPrevented;
      }),
    )
    .toBe(true);
  await page.dispatchEvent('body', 'drop', { dataTransfer });
}
