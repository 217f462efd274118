import { describe, expect, test, vi } from 'vitest';

import type { JobInput } from '#contract/jobs.ts';
import type { PageRecord } from '#src/store/records.ts';
import { makeText } from '#src/store/testing/make-text.ts';
import { type ExportChoice, makeFile } from './export-document.ts';
import { FakeEngine, renderedAs } from './fake-engine.ts';

function pageOf(id: string, isFinished: boolean): PageRecord {
  const { size, paper, quality } = renderedAs(id);
  return {
    id,
    documentId: 'd',
    state: isFinished ? 'ready' : 'waiting',
    ...(isFinished ? { rendered: { size, paper, quality } } : {}),
    firstLook: { look: 'colour', strength: 1, brightness: 0 },
    queuePosition: 0,
    revision: 0,
    attempts: 1,
    fileName: '',
    photoKind: 'jpeg',
    bytes: 1,
    createdAt: 0,
  };
}

const pages = [pageOf('a', true), pageOf('b', true)];
const notReady = pageOf('c', false);

const pdfChoice: ExportChoice = { format: 'pdf', paper: 'a4', quality: 'good', targetMegabytes: 2, withText: true };

function make(
  engine: FakeEngine,
  choice: ExportChoice,
  of: readonly PageRecord[] = pages,
  signal = new AbortController().signal,
) {
  const readResult = async (id: string) => new Blob([`result of ${id}`]);
  const readText = async (id: string) => (id === 'b' ? makeText('b', 'Dear families') : undefined);
  return makeFile(
    { engine, readResult, readText },
    { name: 'Week 7: plants', createdAt: Date.UTC(2026, 10, 23), pages: of, choice, signal, onProgress: vi.fn() },
  );
}

describe('a PDF', () => {
  const writer = (seen: JobInput<'documents.export-pdf'>[]) =>
    new FakeEngine({
      'documents.export-pdf': (input) => {
        seen.push(input);
        return { pdf: new Blob(['%PDF']), targetReached: input.settings.targetBytes !== 1 };
      },
    });

  test('has the finished pages in their order, on the paper that was asked for', async () => {
    const seen: JobInput<'documents.export-pdf'>[] = [];
    const { file, targetReached } = await make(writer(seen), pdfChoice, [...pages, notReady]);
    expect(file.name).toBe('Week 7 plants.pdf');
    expect(file.type).toBe('application/pdf');
    expect(targetReached).toBe(true);
    expect(await Promise.all((seen[0]?.pages ?? []).map(({ page }) => page.text()))).toEqual([
      'result of a',
      'result of b',
    ]);
    expect(seen[0]?.pages[0]).toMatchObject({ paper: 'a4', dotsPerInch: 150, size: { width: 100 } });
    expect(seen[0]?.settings).toEqual({
      paper: 'a4',
      quality: 0.75,
      title: 'Week 7: plants',
      createdAt: '2026-11-23T00:00:00.000Z',
      language: 'en',
    });
  });

  test('carries the texts of its pages, unless that is not wanted', async () => {
    const seen: JobInput<'documents.export-pdf'>[] = [];
    await make(writer(seen), pdfChoice);
    await make(writer(seen), { ...pdfChoice, withText: false });
    expect(seen.map((input) => input.pages.map(({ text }) => text?.blocks[0]?.lines[0]?.words.length))).toEqual([
      [undefined, 2],
      [undefined, undefined],
    ]);
    expect(seen[1]?.settings).not.toHaveProperty('language');
  });

  test('is asked to be under a size in bytes', async () => {
    const seen: JobInput<'documents.export-pdf'>[] = [];
    await make(writer(seen), { ...pdfChoice, quality: 'target', targetMegabytes: 1.5 });
    expect(seen[0]?.settings.targetBytes).toBe(1_500_000);
  });

  test('of no finished page is refused', async () => {
    await expect(make(writer([]), pdfChoice, [notReady])).rejects.toMatchObject({ failure: { code: 'empty-file' } });
  });

  test('can be stopped', async () => {
    const engine = writer([]);
    engine.hold();
    const stop = new AbortController();
    const made = make(engine, pdfChoice, pages, stop.signal);
    await vi.waitFor(() => expect(engine.running).toBe(1));
    stop.abort();
    await expect(made).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  });
});

describe('pictures', () => {
  const engine = new FakeEngine({
    'documents.export-pictures': ({ zip, name, format }) => ({
      files: [
        {
          name: zip ? `${name}.zip` : `${name}.${format}`,
          file: new Blob(['x'], { type: zip ? 'application/zip' : 'image/png' }),
        },
      ],
    }),
  });

  test('of several pages are one ZIP', async () => {
    expect((await make(engine, { ...pdfChoice, format: 'png' })).file.name).toBe('Week 7 plants.zip');
  });

  test('of one page is a picture', async () => {
    expect((await make(engine, { ...pdfChoice, format: 'png' }, pages.slice(0, 1))).file).toMatchObject({
      name: 'Week 7 plants.png',
      type: 'image/png',
    });
  });
});
