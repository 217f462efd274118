/** Looks for words in the texts of all pages. */
import type { PapelDatabase } from './database.ts';
import type { DocumentRecord, PageRecord } from './records.ts';
import { isThere } from './soft-deletion.ts';
import { withStorageFailures } from './storage-failure.ts';
import { blocksOf } from './store-texts.ts';
import { findWords, termsOf, wordsOf } from './text-terms.ts';

/** A piece of text, such as a word or the space before it; `isFound` where it is what was looked for. */
export interface SnippetPart {
  readonly text: string;
  readonly isFound: boolean;
}

export interface TextHit {
  readonly document: DocumentRecord;
  readonly pageId: string;
  /** Counted from 1. */
  readonly pageNumber: number;
  readonly snippet: readonly SnippetPart[];
}

export interface TextHits {
  readonly hits: readonly TextHit[];
  /** Pages found, those among them that `hits` leaves out. */
  readonly total: number;
}

const noHits: TextHits = { hits: [], total: 0 };

/** A single letter begins words on every page: nobody looks for that, and its index is long to read. */
const fewestLetters = 2;

/** Words before the first that was found, and in all: two lines on a phone. */
const snippetWords = { before: 5, most: 18 };

/**
 * Pages whose text has, for every word of the query, one that begins with it; those of documents changed last come first.
 *
 * @param most how many hits are read; the others are counted
 */
export function searchTexts(db: PapelDatabase, query: string, most: number): Promise<TextHits> {
  const wanted = termsOf(query);
  if (!wanted.some(({ length }) => length >= fewestLetters)) return Promise.resolve(noHits);
  return withStorageFailures(() =>
    db.transaction('r', db.texts, db.pages, db.documents, async () => {
      const ids = await findIds(db, wanted);
      const pages = (await db.pages.bulkGet([...ids])).filter((page) => isThere(page));
      const documents = await readDocuments(db, pages);
      const found = pages
        .flatMap((page) => {
          const document = documents.get(page.documentId);
          const index = document?.pageIds.indexOf(page.id) ?? -1;
          return document === undefined || index < 0 ? [] : [{ document, pageId: page.id, pageNumber: index + 1 }];
        })
        .toSorted(
          (a, b) =>
            b.document.updatedAt - a.document.updatedAt ||
            a.document.id.localeCompare(b.document.id) ||
            a.pageNumber - b.pageNumber,
        );
      const shown = found.slice(0, most);
      const texts = await db.texts.bulkGet(shown.map(({ pageId }) => pageId));
      const hits = shown.map((place, at): TextHit => {
        const text = texts[at];
        return { ...place, snippet: text === undefined ? [] : cutSnippet(blocksOf(text), wanted) };
      });
      return { hits, total: found.length };
    }),
  );
}

/** Ids of the texts with all terms. The index alone is read, the longest term first: it is in the fewest. */
async function findIds(db: PapelDatabase, wanted: readonly string[]): Promise<ReadonlySet<string>> {
  let left: ReadonlySet<string> | undefined;
  for (const term of wanted.toSorted((a, b) => b.length - a.length)) {
    const ids = new Set(await db.texts.where('terms').startsWith(term).primaryKeys());
    const both: ReadonlySet<string> = left === undefined ? ids : new Set([...left].filter((id) => ids.has(id)));
    if (both.size === 0) return both;
    left = both;
  }
  return left ?? new Set();
}

async function readDocuments(
  db: PapelDatabase,
  pages: readonly PageRecord[],
): Promise<ReadonlyMap<string, DocumentRecord>> {
  const ids = [...new Set(pages.map(({ documentId }) => documentId))];
  const documents = (await db.documents.bulkGet(ids)).filter((record) => isThere(record));
  return new Map(documents.map((record) => [record.id, record]));
}

function cutSnippet(blocks: ReturnType<typeof blocksOf>, wanted: readonly string[]): readonly SnippetPart[] {
  const words = wordsOf(blocks);
  const found = findWords(words, wanted);
  const first = Math.min(...found, words.length);
  const from = Math.max(0, first - snippetWords.before);
  const cut = words.slice(from, from + snippetWords.most);
  const parts = cut.flatMap(({ text }, at): SnippetPart[] => [
    ...(at === 0 ? [] : [{ text: ' ', isFound: false }]),
    { text, isFound: found.has(from + at) },
  ]);
  return [
    ...(from > 0 ? [{ text: '… ', isFound: false }] : []),
    ...parts,
    ...(from + cut.length < words.length ? [{ text: ' …', isFound: false }] : []),
  ];
}
