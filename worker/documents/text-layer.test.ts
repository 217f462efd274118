import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TextBox } from '#contract/text.ts';
import type { Turns } from '#contract/pages.ts';
import { layOutWords } from './testing/lay-out-words.ts';
import { greyJpeg } from './testing/make-jpeg.ts';
import { writePdf, type PdfPage } from './write-pdf.ts';

const settings = { paper: 'a4', title: 'Text', createdAt: '2026-11-23T08:00:00Z', language: 'fil' } as const;

/** An A4 page at 150 dots per inch; a little slanted, as flattened photos are. */
const upright = { width: 1240, height: 1754 };
const block = layOutWords(
  [
    'Ang señora ay nagbayad ng ₱500 sa “tindahan” noong umaga',
    'Žluťoučký kůň Ελλάδα здравствуй 漢字 fi',
    'æøå 😀 end.',
  ],
  { x: 140, y: 200, size: 40, slope: 0.004 },
);
const words = block.lines.flatMap((line) => line.words);

function textPage(turns: Turns, blocks = [block]): PdfPage {
  const isAcross = turns % 2 === 1;
  const size = isAcross ? { width: upright.height, height: upright.width } : upright;
  return {
    size,
    paper: 'a4',
    dotsPerInch: 150,
    text: { blocks, size: upright, turns },
    read: () => Promise.resolve(greyJpeg()),
  };
}

/** The box on a sheet, in points from its top left, of a page that fills it. */
function pointsOf({ x, y, width, height }: TextBox, turns: Turns): TextBox {
  const at = 595.28 / upright.width;
  const down = 841.89 / upright.height;
  const [left, top, right, bottom] = [x * at, y * down, (x + width) * at, (y + height) * down];
  const sheet = { width: 595.28, height: 841.89 };
  switch (turns) {
    case 0:
      return { x: left, y: top, width: right - left, height: bottom - top };
    case 1:
      return { x: sheet.height - bottom, y: left, width: bottom - top, height: right - left };
    case 2:
      return { x: sheet.width - right, y: sheet.height - bottom, width: right - left, height: bottom - top };
    case 3:
      return { x: top, y: sheet.width - right, width: bottom - top, height: right - left };
    default:
      return turns satisfies never;
  }
}

const noBox: TextBox = { x: 0, y: 0, width: 0, height: 0 };

const hasTools = ['qpdf', 'pdftotext'].every((tool) => spawnSync(tool, ['-v']).error === undefined);

function withFile<T>(bytes: Uint8Array, look: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'papel-text-'));
  try {
    const file = join(folder, 'out.pdf');
    writeFileSync(file, bytes);
    return look(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface FoundWord extends TextBox {
  readonly text: string;
}

/** What poppler finds, page by page. */
function readWords(file: string): FoundWord[][] {
  const listed = execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8' });
  return listed
    .split('<page ')
    .slice(1)
    .map((page) =>
      [...page.matchAll(/<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)<\/word>/g)].map(
        ([, ...groups]) => {
          const [x = 0, y = 0, right = 0, bottom = 0] = groups.slice(0, 4).map(Number);
          return { text: String(groups[4]), x, y, width: right - x, height: bottom - y };
        },
      ),
    );
}

describe('TextLayer', () => {
  it('costs a page of 500 words less than 3 % of its picture', async () => {
    // A page of print in the cleaned colour look at 200 dots per inch takes some 250 kB.
    const pictureBytes = 250_000;
    const page = layOutWords(
      Array.from({ length: 50 }, (_, line) => `Word${line} and then some others of the ${line}th line follow here`),
      { x: 100, y: 50, size: 22 },
    );
    const withText = await writePdf([textPage(0, [page])], settings);
    const { text: _text, ...plain } = textPage(0);
    const without = await writePdf([plain], settings);
    expect(withText.length - without.length).toBeLessThan(0.03 * pictureBytes);
  });

  it('writes no font where no page has text', async () => {
    const bytes = await writePdf([textPage(0, [])], settings);
    expect(Buffer.from(bytes).includes('FontFile2')).toBe(false);
  });
});

describe('TextLayer, read by pdf.js', () => {
  it('gives the words as they were read, over their boxes', async () => {
    const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
    const task = getDocument({ data: await writePdf([textPage(0)], settings), verbosity: 0 });
    const page = await (await task.promise).getPage(1);
    const items = (await page.getTextContent()).items.flatMap((item) => ('str' in item ? [item] : []));
    await task.destroy();
    const text = items.map(({ str, hasEOL }) => (hasEOL ? `${str}\n` : str)).join('');
    expect(text.split(/\s+/).filter(Boolean)).toEqual(words.map((word) => word.text));
    const [first] = items;
    const box = pointsOf(words[0]?.box ?? noBox, 0);
    expect(first?.transform[4]).toBeCloseTo(box.x, 1);
    expect(841.89 - Number(first?.transform[5])).toBeGreaterThan(box.y + box.height - 0.3);
  });
});

describe.skipIf(!hasTools)('TextLayer, read by other programs (skipped where qpdf or poppler is missing)', () => {
  it('lays every word exactly over its box, however the page is turned', async () => {
    const turnsOfPages = [0, 1, 2, 3] as const;
    const bytes = await writePdf(
      turnsOfPages.map((turns) => textPage(turns)),
      settings,
    );
    withFile(bytes, (file) => {
      expect(execFileSync('qpdf', ['--check', file], { encoding: 'utf8' })).toContain('No syntax or stream encoding');
      const pages = readWords(file);
      for (const turns of turnsOfPages) {
        // Poppler lists upside down and sideways words in an order of its own.
        const found = new Map(pages[turns]?.map((word) => [word.text, word]));
        expect([...found.keys()].toSorted()).toEqual(words.map(({ text }) => text).toSorted());
        for (const { text, box } of words) {
          const wanted = pointsOf(box, turns);
          const got = found.get(text) ?? noBox;
          const isAcross = turns % 2 === 1;
          const [start, length] = isAcross ? (['y', 'height'] as const) : (['x', 'width'] as const);
          expect(got[start], `${text} begins, turned ${turns}`).toBeCloseTo(wanted[start], 1);
          expect(got[length], `${text} is long, turned ${turns}`).toBeCloseTo(wanted[length], 1);
          // Across its line the word reaches over all of its box, and to no other line: 40 pixels are 19 points.
          const [above, height] = isAcross ? (['x', 'width'] as const) : (['y', 'height'] as const);
          expect(got[above], `${text} covers, turned ${turns}`).toBeLessThan(wanted[above] + 0.3);
          expect(got[above] + got[height]).toBeGreaterThan(wanted[above] + wanted[height] - 0.3);
          expect(got[height]).toBeLessThan(20);
        }
      }
    });
  });

  it('is copied in reading order, columns one after the other', async () => {
    const left = layOutWords(['One of the', 'gypsies ran'], { x: 100, y: 200, size: 40 });
    const right = layOutWords(['Two cows', 'grazed nearby'], { x: 700, y: 200, size: 40 });
    const bytes = await writePdf([textPage(0, [left, right])], settings);
    const text = withFile(bytes, (file) => execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }));
    expect(text.trim().split(/\s+/).join(' ')).toBe('One of the gypsies ran Two cows grazed nearby');
  });

  it('keeps words over their boxes where a person has joined two lines', async () => {
    const two = layOutWords(['Two cows', 'grazed nearby'], { x: 100, y: 200, size: 40 });
    const [first, second] = two.lines;
    if (first === undefined || second === undefined) throw new Error('two lines were laid out');
    const joined = { ...two, lines: [{ ...first, words: [...first.words, ...second.words] }] };
    const [found] = withFile(await writePdf([textPage(0, [joined])], settings), readWords);
    const nearby = found?.find(({ text }) => text === 'nearby');
    expect(nearby?.y).toBeCloseTo(pointsOf(second.words[1]?.box ?? noBox, 0).y, 0);
  });

  it('is seen by nobody', async () => {
    const shown = async (page: PdfPage): Promise<Buffer> =>
      withFile(await writePdf([page], settings), (file) => {
        execFileSync('pdftoppm', ['-gray', '-r', '50', '-singlefile', file, file]);
        return readFileSync(`${file}.pgm`);
      });
    const { text: _text, ...plain } = textPage(0);
    expect((await shown(textPage(0))).equals(await shown(plain))).toBe(true);
  });
});
