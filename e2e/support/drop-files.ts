import { expect, type JSHandle, type Page } from '@playwright/test';

export interface DroppedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Drops files anywhere on the page, all at once, as soon as it takes drops. The same bytes cross to the page once. */
export async function dropFiles(page: Page, files: readonly DroppedFile[]): Promise<void> {
  const drop = await prepareDrop(page, files);
  await drop();
}

/** Brings the files to the page, which keeps it busy for a while, and gives the way to drop them. */
export async function prepareDrop(page: Page, files: readonly DroppedFile[]): Promise<() => Promise<void>> {
  const contents = [...new Set(files.map(({ bytes }) => bytes))];
  const transfer = await page.evaluateHandle(
    ({ base64, names }) => {
      const data = new DataTransfer();
      const decoded = base64.map((text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
      for (const { name, content } of names) data.items.add(new File([decoded[content] ?? ''], name));
      return data;
    },
    {
      base64: contents.map((bytes) => bytes.toString('base64')),
      names: files.map(({ name, bytes }) => ({ name, content: contents.indexOf(bytes) })),
    },
  );
  return async () => {
    await dropTransfer(page, transfer);
    await transfer.dispose();
  };
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
