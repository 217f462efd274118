import { expect, it } from 'vitest';
import type { HelpOrder } from '#contract/jobs.ts';
import { HelpDesk } from './help-desk.ts';

function openDesk() {
  const asked: { order: HelpOrder; transfer: Transferable[] }[] = [];
  return { asked, desk: new HelpDesk((order, transfer) => asked.push({ order, transfer })) };
}

it('hands each answer to who asked, whichever comes first, and the pixels over', async () => {
  const { asked, desk } = openDesk();
  const start = desk.ask('text.start', { languages: ['eng'] });
  const values = Uint8Array.of(0);
  const pictures = [{ width: 1, height: 1, values }];
  const read = desk.ask('text.recognise', { pictures, languages: ['eng'] }, [values.buffer]);
  expect(asked.map(({ order, transfer }) => [order.job, transfer])).toEqual([
    ['text.start', []],
    ['text.recognise', [values.buffer]],
  ]);
  expect(desk.receive({ type: 'help', help: asked[1]?.order.help ?? 0, output: { lines: [[]] } })).toBe(true);
  expect(desk.receive({ type: 'help', help: asked[0]?.order.help ?? 0, output: undefined })).toBe(true);
  expect(await read).toEqual({ lines: [[]] });
  expect(await start).toBeUndefined();
});

it('leaves other messages to others', () => {
  const { desk } = openDesk();
  expect(desk.receive({ type: 'supply', name: 'opencv', supply: undefined })).toBe(false);
});
