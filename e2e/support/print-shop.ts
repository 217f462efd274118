/** Paper in the hands of the tests: prints a PDF, fills bubbles with a pencil, and says where they are on the page. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';

/** Millimetres from the paper's top left. */
export interface PrintedBubble {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a reader of the printed page sees: the sign in each bubble, by the number of its question, and the number's columns. */
export interface PrintedSheet {
  readonly questions: ReadonlyMap<string, ReadonlyMap<string, PrintedBubble>>;
  /** A column for each digit, left to right. */
  readonly numberDigits: readonly ReadonlyMap<string, PrintedBubble>[];
}

/** How a student marks: `filled`, with a `light` pencil, `erased` but still to be seen. */
export interface PencilMark extends PrintedBubble {
  readonly how: 'filled' | 'light' | 'erased';
}

interface Shape extends PrintedBubble {
  readonly sign: string;
}

/** Reads the bubbles off the preview, which is the printed page itself, as eyes do: rows, signs, numbers beside them. */
export async function readPreview(preview: Locator): Promise<PrintedSheet> {
  const { shapes, texts } = await preview.evaluate((svg) => {
    const numberOf = (element: Element, name: string) => Number(element.getAttribute(name));
    const words = [...svg.querySelectorAll('text')].map((element) => ({
      text: element.textContent,
      x: numberOf(element, 'x'),
      y: numberOf(element, 'y'),
      height: numberOf(element, 'font-size'),
    }));
    const ellipses = [...svg.querySelectorAll('ellipse')].map((element) => ({
      x: numberOf(element, 'cx'),
      y: numberOf(element, 'cy'),
      width: 2 * numberOf(element, 'rx'),
      height: 2 * numberOf(element, 'ry'),
    }));
    return { shapes: ellipses, texts: words };
  });
  const signed = shapes.flatMap((shape): Shape[] => {
    const inside = texts.find(
      ({ x, y, height }) =>
        Math.abs(x - shape.x) < shape.width / 2 && Math.abs(y - height * 0.35 - shape.y) < shape.height / 2,
    );
    return inside === undefined ? [] : [{ ...shape, sign: inside.text }];
  });
  const digits = signed.filter(({ sign }) => /^\d$/.test(sign));
  const columns = new Map<string, Shape[]>();
  for (const digit of digits) columns.set(digit.x.toFixed(1), [...(columns.get(digit.x.toFixed(1)) ?? []), digit]);
  const numberDigits = [...columns.values()]
    .filter((column) => column.length === 10)
    .toSorted((a, b) => (a[0]?.x ?? 0) - (b[0]?.x ?? 0))
    .map((column) => new Map(column.map((shape) => [shape.sign, shape])));
  const questions = new Map<string, Map<string, PrintedBubble>>();
  for (const shape of signed.filter(({ sign }) => /^[A-J]$/.test(sign))) {
    const beside = texts
      .filter(({ text, x, y }) => /^\d+$/.test(text) && x < shape.x && Math.abs(y - shape.y) < 3)
      .toSorted((a, b) => b.x - a.x)[0];
    if (beside === undefined) continue;
    const question = questions.get(beside.text) ?? new Map<string, PrintedBubble>();
    questions.set(beside.text, question.set(shape.sign, shape));
  }
  return { questions, numberDigits };
}

const origin = 'http://print-shop.test';
const pdfjs = join(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'), '..');

/**
 * Prints a page of a PDF at 150 dots an inch and lets a student mark it.
 *
 * @param studio an empty page of the browser
 * @returns the marked page as a PNG in base64
 */
export async function printAndMark(
  studio: Page,
  pdf: Buffer,
  pageNumber: number,
  marks: readonly PencilMark[],
): Promise<string> {
  if (!studio.url().startsWith(origin)) {
    await studio.route(`${origin}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: '<!doctype html>' });
      return route.fulfill({
        contentType: pathname.endsWith('.mjs') ? 'text/javascript' : 'application/octet-stream',
        body: readFileSync(join(pdfjs, pathname)),
      });
    });
    await studio.goto(`${origin}/`);
  }
  return studio.evaluate(drawMarkedPage, { pdf: pdf.toString('base64'), pageNumber, marks: [...marks], origin });
}

/** Runs in the browser, so it may use nothing from outside itself. */
async function drawMarkedPage(order: {
  pdf: string;
  pageNumber: number;
  marks: PencilMark[];
  origin: string;
}): Promise<string> {
  const library: typeof import('pdfjs-dist') = await import(`${order.origin}/build/pdf.mjs`);
  library.GlobalWorkerOptions.workerSrc = `${order.origin}/build/pdf.worker.mjs`;
  const data = Uint8Array.from(atob(order.pdf), (sign) => sign.codePointAt(0) ?? 0);
  const file = await library.getDocument({ data, standardFontDataUrl: `${order.origin}/standard_fonts/` }).promise;
  const page = await file.getPage(order.pageNumber);
  const dotsPerMm = 150 / 25.4;
  const viewport = page.getViewport({ scale: 150 / 72 });
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(viewport.width);
  canvas.height = Math.round(viewport.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2d canvas');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  await page.render({ canvas, canvasContext: context, viewport, background: 'white' }).promise;
  context.setTransform(dotsPerMm, 0, 0, dotsPerMm, 0, 0);
  for (const { x, y, width, height, how } of order.marks) {
    context.save();
    context.beginPath();
    context.ellipse(x, y, width / 2, height / 2, 0, 0, 2 * Math.PI);
    context.clip();
    context.strokeStyle = { filled: 'rgb(70 70 75)', light: 'rgb(150 150 155)', erased: 'rgb(165 165 170)' }[how];
    context.lineWidth = 0.5;
    const reach = how === 'erased' ? 0.3 : 0.5;
    // Back and forth, as a hand does it.
    context.beginPath();
    for (let stroke = -reach; stroke <= reach; stroke += 0.07) {
      context.lineTo(x - width / 2, y + stroke * height);
      context.lineTo(x + width / 2, y + (stroke + 0.03) * height);
    }
    context.stroke();
    context.restore();
  }
  return canvas.toDataURL('image/png').replace('data:image/png;base64,', '');
}
