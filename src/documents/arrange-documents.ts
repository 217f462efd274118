import type { DocumentRecord } from '#src/store/records.ts';
import type { Settings } from '#src/store/setting-records.ts';

/** A document under the name that the reader sees. */
export interface NamedDocument extends DocumentRecord {
  /** What the user called it; empty where it is called by its date. */
  readonly givenName: string;
}

interface Arrangement {
  /** All of its words must be in the name, in any order; case and accents do not count. */
  readonly query: string;
  readonly order: Settings['libraryOrder'];
  readonly language: string;
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase();
}

/** The documents that the query finds, in the order that was asked for. */
export function arrangeDocuments(
  documents: readonly NamedDocument[],
  { query, order, language }: Arrangement,
): readonly NamedDocument[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const found = documents.filter(({ name }) => {
    const text = plain(name);
    return words.every((word) => text.includes(word));
  });
  // "Week 2" before "Week 10".
  const byName = new Intl.Collator(language, { numeric: true });
  const comparisons: Record<Settings['libraryOrder'], (a: NamedDocument, b: NamedDocument) => number> = {
    changed: (a, b) => b.updatedAt - a.updatedAt,
    created: (a, b) => b.createdAt - a.createdAt,
    name: (a, b) => byName.compare(a.name, b.name),
  };
  return found.toSorted(comparisons[order]);
}
