/**
 * Ids of events in Cloudflare's Durable Objects, one for each session: all requests for an object go through one place in
 * the world, one after the other. An object forgets everything when its session has been quiet for long enough.
 */
import * as v from 'valibot';
import { rememberDays, type SeenEvents as Seen } from './count-once.ts';
import { dayMs } from './telemetry-store.ts';

/** What is used of Cloudflare's types: https://developers.cloudflare.com/durable-objects/api/ */
interface ObjectState {
  readonly storage: {
    readonly get: (keys: string[]) => Promise<Map<string, unknown>>;
    readonly put: (entries: Record<string, unknown>) => Promise<void>;
    readonly setAlarm: (time: number) => Promise<void>;
    readonly deleteAll: () => Promise<void>;
  };
}

export interface ObjectNamespace {
  readonly idFromName: (name: string) => object;
  readonly get: (id: object) => { readonly fetch: (address: string, init: RequestInit) => Promise<Response> };
}

const idsSchema = v.array(v.string());

/** The object of one session, to be named in the Worker's configuration with SQLite as its storage. */
export class SeenEvents {
  readonly #state: ObjectState;

  constructor(state: ObjectState) {
    this.#state = state;
  }

  /** Takes a list of ids and answers those that are new. While it reads its storage, no other request comes in. */
  async fetch(request: Request): Promise<Response> {
    const ids = v.parse(idsSchema, await request.json());
    const { storage } = this.#state;
    // A batch has 50 events at most, and 128 keys go at once.
    const known = await storage.get([...ids]);
    const fresh = ids.filter((id) => !known.has(id));
    // The answer leaves when these are written.
    if (fresh.length > 0) await storage.put(Object.fromEntries(fresh.map((id) => [id, 1])));
    await storage.setAlarm(Date.now() + rememberDays * dayMs);
    return Response.json(fresh);
  }

  async alarm(): Promise<void> {
    await this.#state.storage.deleteAll();
  }
}

export function rememberInDurableObjects(namespace: ObjectNamespace): Seen {
  return {
    add: async (session, ids) => {
      const object = namespace.get(namespace.idFromName(session));
      const answer = await object.fetch('https://seen-events/', { method: 'POST', body: JSON.stringify(ids) });
      if (!answer.ok) throw new Error(`The object answered ${answer.status}.`);
      return v.parse(idsSchema, await answer.json());
    },
  };
}
