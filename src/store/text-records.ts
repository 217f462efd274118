/** Texts of pages: what the screens read and what the user asks for and changes. */
import type { TextBlock, TextLanguage, TextReading } from '#contract/text.ts';
import type { Size } from '#contract/images.ts';
import type { Turns } from '#contract/pages.ts';

import type { PapelDatabase } from './database.ts';
import type { PageRecord, TextRecord } from './records.ts';
import { isThere } from './soft-deletion.ts';
import { withStorageFailures } from './storage-failure.ts';
import { askedText, blocksOf, newText, withTerms } from './store-texts.ts';

/** A page's text as it lies in the page's picture now. */
export interface PlacedText {
  readonly blocks: readonly TextBlock[];
  /** Of the upright page, which boxes are in. */
  readonly size: Size;
  /** Quarter turns clockwise by which the print lies in the picture. */
  readonly turns: Turns;
}

export type TextRecords = ReturnType<typeof textRecords>;

const turnsOf = [0, 1, 2, 3] as const satisfies readonly Turns[];

/** `undefined` where nothing was read yet. */
export function placeText(
  text: Pick<TextRecord, 'reading' | 'corrected'> | undefined,
  page: Pick<PageRecord, 'edits'>,
): PlacedText | undefined {
  const reading: TextReading | undefined = text?.reading;
  if (text === undefined || reading === undefined) return undefined;
  const turns = turnsOf[((page.edits?.turns ?? reading.turns) - reading.turns + 4) % 4] ?? 0;
  return { blocks: blocksOf(text), size: reading.size, turns };
}

export function textRecords(db: PapelDatabase, now: () => number = Date.now) {
  const write = <T>(work: () => Promise<T>): Promise<T> =>
    withStorageFailures(() => db.transaction('rw', db.documents, db.pages, db.texts, work));

  async function change(pageId: string, changed: (text: TextRecord) => TextRecord): Promise<void> {
    const text = await db.texts.get(pageId);
    if (text !== undefined) await db.texts.put(changed(text));
  }

  return {
    getText: (pageId: string): Promise<TextRecord | undefined> => withStorageFailures(() => db.texts.get(pageId)),

    /** Texts of these pages, in their order; `undefined` for those that have none. */
    getTexts: (pageIds: readonly string[]): Promise<(TextRecord | undefined)[]> =>
      withStorageFailures(() => db.texts.bulkGet([...pageIds])),

    /** Whether any page of any document has a text, or is to have one. */
    hasTexts: (): Promise<boolean> =>
      withStorageFailures(async () => (await db.texts.toCollection().first()) !== undefined),

    /** Lets pages be read, once more where they were read before; a page that is not scanned yet is read once it is. */
    askFor: (pageIds: readonly string[]): Promise<void> =>
      write(async () => {
        const pages = (await db.pages.bulkGet([...pageIds])).filter((page) => isThere(page));
        const texts = await db.texts.bulkGet(pages.map(({ id }) => id));
        const at = now();
        await db.texts.bulkPut(
          pages.map((page, index) => {
            const text = texts[index];
            const state = page.edits === undefined ? 'due' : 'waiting';
            return text === undefined ? newText(page.id, state, at + index) : askedText(text, state, at + index);
          }),
        );
      }),

    /** Languages of a document from now on. */
    setLanguages: (documentId: string, textLanguages: readonly TextLanguage[]): Promise<void> =>
      write(async () => {
        const document = await db.documents.get(documentId);
        if (isThere(document)) await db.documents.put({ ...document, textLanguages });
      }),

    /** Keeps what a person made of the text; `undefined` goes back to what was read. */
    correct: (pageId: string, blocks: readonly TextBlock[] | undefined): Promise<void> =>
      write(() =>
        change(pageId, ({ corrected: _before, ...text }) =>
          withTerms(blocks === undefined ? text : { ...text, corrected: { blocks, at: now(), isOlder: false } }),
        ),
      ),

    /** A person looked at what was read anew, and keeps the own text. */
    keepCorrected: (pageId: string): Promise<void> =>
      write(() =>
        change(pageId, (text) =>
          text.corrected === undefined ? text : { ...text, corrected: { ...text.corrected, isOlder: false } },
        ),
      ),

    /** The page back as it lay before it was turned by what was read, for good. Its text stays. */
    turnBack: (pageId: string): Promise<void> =>
      write(async () => {
        const page = await db.pages.get(pageId);
        const text = await db.texts.get(pageId);
        if (text?.turnedFrom === undefined || !isThere(page) || page.edits === undefined) return;
        const { turnedFrom: turns, ...rest } = text;
        await db.texts.put({ ...rest, turnsByHand: turns });
        await db.pages.put({
          ...page,
          edits: { ...page.edits, turns },
          state: 'waiting',
          queuePosition: -now(),
          attempts: 0,
          revision: page.revision + 1,
        });
      }),

    /** A person has seen that the page was turned. */
    acceptTurn: (pageId: string): Promise<void> =>
      write(() => change(pageId, ({ turnedFrom: _turnedFrom, ...text }) => text)),
  };
}
