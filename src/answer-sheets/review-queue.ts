/**
 * Where the reviewer is in the list of doubts. The list itself changes under way: what is decided leaves it, new sheets
 * bring more. Pure.
 */
export interface ReviewItem {
  readonly sheetId: string;
  readonly label: string;
}

export interface ReviewQueue {
  /** Shown so far, in this order; decided, left for later, or being looked at. */
  readonly path: readonly ReviewItem[];
  /** Of `path`. */
  readonly at: number;
  /** Keys of those that were decided: the list may still name them for a moment. */
  readonly decided: ReadonlySet<string>;
}

export const newReview: ReviewQueue = { path: [], at: -1, decided: new Set() };

export function itemKey({ sheetId, label }: ReviewItem): string {
  return `${sheetId} ${label}`;
}

export function currentItem({ path, at }: ReviewQueue): ReviewItem | undefined {
  return path[at];
}

/** Doubts that were not decided yet, the one that is shown included. */
export function listOpen<Item extends ReviewItem>({ decided }: ReviewQueue, doubts: readonly Item[]): readonly Item[] {
  return doubts.filter((doubt) => !decided.has(itemKey(doubt)));
}

/** Those that come after the current one and were not shown before, in their order. */
export function listAhead(queue: ReviewQueue, doubts: readonly ReviewItem[]): readonly ReviewItem[] {
  const shown = new Set(queue.path.map(itemKey));
  return [...queue.path.slice(queue.at + 1), ...listOpen(queue, doubts).filter((doubt) => !shown.has(itemKey(doubt)))];
}

/** The next one; nothing is shown any more when there is none. */
export function goOn(queue: ReviewQueue, doubts: readonly ReviewItem[]): ReviewQueue {
  const [next] = listAhead(queue, doubts);
  const at = Math.min(queue.at + 1, queue.path.length);
  if (next === undefined || at < queue.path.length) return { ...queue, at };
  return { ...queue, path: [...queue.path, { sheetId: next.sheetId, label: next.label }], at };
}

export function goBack(queue: ReviewQueue): ReviewQueue {
  return queue.at > 0 ? { ...queue, at: queue.at - 1 } : queue;
}

/** Notes the current one as decided and goes on. */
export function decide(queue: ReviewQueue, doubts: readonly ReviewItem[]): ReviewQueue {
  const item = currentItem(queue);
  if (item === undefined) return queue;
  return goOn({ ...queue, decided: new Set([...queue.decided, itemKey(item)]) }, doubts);
}

/** Begins again with what was left for later. */
export function startOver(queue: ReviewQueue, doubts: readonly ReviewItem[]): ReviewQueue {
  return goOn({ ...newReview, decided: queue.decided }, listOpen(queue, doubts));
}
