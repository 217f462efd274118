/** What happens to a page's text when something happens to the page. All but `blocksOf` inside a transaction with `texts`. */
import type { TextBlock } from '#contract/text.ts';

import type { PapelDatabase } from './database.ts';
import type { PageRecord, TextRecord } from './records.ts';
import { termsOfBlocks } from './text-terms.ts';

/** The text that holds: a person's word before the reader's. */
export function blocksOf({ corrected, reading }: Pick<TextRecord, 'corrected' | 'reading'>): readonly TextBlock[] {
  return corrected?.blocks ?? reading?.blocks ?? [];
}

/** The record with the terms of the text that it holds now. */
export function withTerms(record: Omit<TextRecord, 'terms'>): TextRecord {
  return { ...record, terms: termsOfBlocks(blocksOf(record)) };
}

/** The text in line for another round, at this place. */
export function askedText(
  { failure: _failure, ...record }: TextRecord,
  state: 'due' | 'waiting',
  queuePosition: number,
): TextRecord {
  return { ...record, state, queuePosition, attempts: 0, revision: record.revision + 1 };
}

/** A page's first text, to be read. */
export function newText(id: string, state: 'due' | 'waiting', queuePosition: number): TextRecord {
  return { id, state, queuePosition, revision: 0, attempts: 0, terms: [] };
}

/**
 * A page was rendered: what waited for it can be read, and what was read from it as it was cropped or turned before is read
 * again. With `isNew`, a page without a text gets one where the user wants all of them read.
 */
export async function noteRendered(db: PapelDatabase, page: PageRecord, isNew: boolean): Promise<void> {
  const text = await db.texts.get(page.id);
  const position = Date.now();
  if (text === undefined) {
    if (isNew && (await db.settings.get('textReading'))?.value === 'always')
      await db.texts.add(newText(page.id, 'waiting', position));
  } else if (text.state === 'due') {
    await db.texts.put(askedText(text, 'waiting', text.queuePosition));
  } else if (text.state === 'read' && page.edits !== undefined) {
    const { turns, corners } = page.edits;
    const isCropped = JSON.stringify(text.asRead?.corners) !== JSON.stringify(corners);
    const isTurned = turns !== text.reading?.turns && turns !== text.turnsByHand;
    if (isCropped || isTurned) {
      const asked = askedText(text, 'waiting', position);
      await db.texts.put(isTurned ? { ...asked, turnsByHand: turns } : asked);
    }
  }
}

/** Another photo came for the page: its text is read again, and stays until then. */
export async function noteReplaced(db: PapelDatabase, pageId: string): Promise<void> {
  const text = await db.texts.get(pageId);
  if (text === undefined) return;
  const { asRead: _asRead, turnsByHand: _turnsByHand, turnedFrom: _turnedFrom, ...rest } = text;
  await db.texts.put(askedText(rest, 'due', Date.now()));
}

/** A copy of a page has a copy of its text. */
export async function copyText(db: PapelDatabase, fromId: string, toId: string): Promise<void> {
  const text = await db.texts.get(fromId);
  if (text !== undefined)
    await db.texts.add({ ...text, id: toId, state: text.state === 'reading' ? 'waiting' : text.state });
}
