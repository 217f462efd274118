/** The sheets of an exam as they are now, for a screen that stays while hundreds of them are read. */
import type { PapelDatabase } from './database.ts';
import { type SharedValues, listSheet } from './list-sheet.ts';
import type { ListedSheet } from './records.ts';
import { isThere } from './soft-deletion.ts';
import type { StoredSheet } from './store-sheets.ts';
import { watchChanges } from './watch-changes.ts';

/**
 * Least time between two changes that screens are told of. While a batch is read there are 20 a second, and reading and drawing the list
 * for each took more of the main thread than storing the sheets; a single one is told at once.
 */
const calmMs = 500;

interface Changes {
  readonly changed: readonly StoredSheet[];
  /** Ids of all, where some were erased. */
  readonly left?: readonly string[];
}

/**
 * Reads again only what has changed: all of 500 sheets are 12 MB, and a change comes with every one that is read. Sheets
 * that did not change stay the same objects.
 */
export class SheetWatch {
  readonly #db: PapelDatabase;
  readonly #examId: string;
  #known = new Map<string, ListedSheet>();
  readonly #shared: SharedValues = new Map();
  readonly #listeners = new Set<() => void>();
  #stop: (() => void) | undefined;
  #changedAt = -Infinity;
  #sheets: readonly ListedSheet[] | undefined;

  constructor(db: PapelDatabase, examId: string) {
    this.#db = db;
    this.#examId = examId;
  }

  /** In the order in which they came; undefined while they are read for the first time. */
  readonly sheets = (): readonly ListedSheet[] | undefined => this.#sheets;

  readonly subscribe = (onChange: () => void): (() => void) => {
    // Of each caller its own, as one may subscribe the same function twice.
    const listener = () => onChange();
    this.#listeners.add(listener);
    this.#stop ??= watchChanges(this.#db, 'sheets', calmMs, () => this.#follow(), console.error);
    return () => {
      this.#listeners.delete(listener);
      // The next screen of the same exam subscribes in the same moment. Who comes later is not shown what was then.
      setTimeout(() => this.#listeners.size === 0 && this.#forget());
    };
  };

  #forget(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#known = new Map();
    this.#shared.clear();
    this.#changedAt = -Infinity;
    this.#sheets = undefined;
  }

  async #follow(): Promise<void> {
    const known = this.#known;
    const changes = await this.#readChanges();
    if (known !== this.#known) return;
    if (this.#sheets !== undefined && changes.changed.length === 0 && changes.left === undefined) return;
    this.#take(changes);
    for (const listener of this.#listeners) listener();
  }

  async #readChanges(): Promise<Changes> {
    const { sheets } = this.#db;
    const since = [this.#examId, this.#changedAt];
    return this.#db.transaction('r', sheets, async () => {
      const changed = await sheets
        .where('[examId+changedAt]')
        .between(since, [this.#examId, Infinity], false, true)
        .toArray();
      const all = sheets.where('examId').equals(this.#examId);
      const expected = this.#known.size + changed.filter(({ id }) => !this.#known.has(id)).length;
      return (await all.count()) === expected ? { changed } : { changed, left: await all.primaryKeys() };
    });
  }

  #take({ changed, left }: Changes): void {
    for (const sheet of changed) {
      this.#known.set(sheet.id, listSheet(sheet, this.#shared));
      this.#changedAt = Math.max(this.#changedAt, sheet.changedAt);
    }
    if (left !== undefined) {
      const there = new Set(left);
      for (const id of this.#known.keys()) if (!there.has(id)) this.#known.delete(id);
    }
    this.#sheets = [...this.#known.values()]
      .filter((sheet) => isThere(sheet))
      .toSorted((a, b) => a.createdAt - b.createdAt || a.queuePosition - b.queuePosition);
  }
}
