/** What waits to be sent, in a small database of its own: the whole of it can be shown, and deleted. */
import { Dexie, type DexieOptions, type Table } from 'dexie';
import * as v from 'valibot';
import { markets } from '#contract/regions.ts';
import { eventSchema, type TelemetryEvent } from '#contract/telemetry.ts';
import { choiceSchema } from './consent.ts';

/** The oldest go first. At some 350 bytes each, the queue is never larger than a small photo. */
export const mostEvents = 500;
/** What happened longer ago says nothing about the version that schools use now. */
export const longestAgeMs = 7 * 24 * 3_600_000;

interface EventRecord {
  /** Given by the database, in the order of arrival. */
  readonly order?: number;
  readonly id: string;
  readonly event: unknown;
}

const pauseSchema = v.object({
  key: v.literal('pause'),
  /** Failures in a row. */
  attempts: v.number(),
  /** Milliseconds since 1970. */
  until: v.number(),
  /** By a server that answered; otherwise no answer came. */
  isAskedFor: v.boolean(),
});
/** Shared by all tabs and kept over a reload, so that neither asks a server that wants to be left alone. */
export type Pause = Omit<v.InferOutput<typeof pauseSchema>, 'key'>;

const lastSentSchema = v.object({
  key: v.literal('last-sent'),
  at: v.number(),
  /** As it went over the line. */
  body: v.string(),
  /** False for a beacon: browsers do not tell what became of it. */
  isConfirmed: v.boolean(),
});
export type LastSent = Omit<v.InferOutput<typeof lastSentSchema>, 'key'>;

const permissionSchema = v.object({
  key: v.literal('permission'),
  market: v.picklist(markets),
  /** `undefined` where the market's own rule is the user's. */
  choice: v.optional(choiceSchema),
});
/** What the service worker, which can read no localStorage, has to know to judge for itself. Goes with a "no". */
export type Permission = Readonly<Omit<v.InferOutput<typeof permissionSchema>, 'key'>>;

class TelemetryDatabase extends Dexie {
  readonly events: Table<EventRecord, number>;
  readonly notes: Table<{ readonly key: string }, string>;

  constructor(name: string, options?: DexieOptions) {
    super(name, options);
    this.version(1).stores({ events: '++order, &id', notes: 'key' });
    this.events = this.table('events');
    this.notes = this.table('notes');
  }
}

export class EventQueue {
  readonly #db: TelemetryDatabase;
  readonly #now: () => number;

  constructor(now: () => number, name = 'papel-telemetry', options?: DexieOptions) {
    this.#db = new TelemetryDatabase(name, options);
    this.#now = now;
  }

  async add(event: TelemetryEvent): Promise<void> {
    await this.#db.transaction('rw', this.#db.events, async () => {
      await this.#db.events.put({ id: event.id, event });
      const tooMany = (await this.#db.events.count()) - mostEvents;
      if (tooMany <= 0) return;
      await this.#db.events.bulkDelete(await this.#db.events.orderBy('order').limit(tooMany).primaryKeys());
    });
  }

  /** What would be sent now, oldest first: not what is too old, nor what is not of this version's schema. */
  async list(): Promise<readonly TelemetryEvent[]> {
    const oldest = this.#now() - longestAgeMs;
    const records = await this.#db.events.orderBy('order').toArray();
    return records.flatMap(({ event }) => {
      const parsed = v.safeParse(eventSchema, event);
      return parsed.success && parsed.output.at >= oldest ? [parsed.output] : [];
    });
  }

  /** Deletes what `list` leaves out. */
  async removeStale(): Promise<void> {
    await this.#db.transaction('rw', this.#db.events, async () => {
      const fresh = new Set((await this.list()).map(({ id }) => id));
      await this.#db.events.filter(({ id }) => !fresh.has(id)).delete();
    });
  }

  async remove(events: readonly TelemetryEvent[]): Promise<void> {
    await this.#db.events
      .where('id')
      .anyOf(events.map(({ id }) => id))
      .delete();
  }

  /** Leaves nothing at all. */
  async clear(): Promise<void> {
    await this.#db.transaction('rw', this.#db.events, this.#db.notes, async () => {
      await this.#db.events.clear();
      await this.#db.notes.clear();
    });
  }

  async readPause(): Promise<Pause | undefined> {
    const parsed = v.safeParse(pauseSchema, await this.#db.notes.get('pause'));
    return parsed.success ? parsed.output : undefined;
  }

  /** @param pause `undefined` ends it */
  async writePause(pause: Pause | undefined): Promise<void> {
    if (pause === undefined) await this.#db.notes.delete('pause');
    else await this.#db.notes.put({ key: 'pause', ...pause });
  }

  async readLastSent(): Promise<LastSent | undefined> {
    const parsed = v.safeParse(lastSentSchema, await this.#db.notes.get('last-sent'));
    return parsed.success ? parsed.output : undefined;
  }

  async writeLastSent(sent: LastSent): Promise<void> {
    await this.#db.notes.put({ key: 'last-sent', ...sent });
  }
  async readPermission(): Promise<Permission | undefined> {
    const parsed = v.safeParse(permissionSchema, await this.#db.notes.get('permission'));
    return parsed.success ? parsed.output : undefined;
  }

  async writePermission(permission: Permission): Promise<void> {
    await this.#db.notes.put({ key: 'permission', ...permission });
  }
}
