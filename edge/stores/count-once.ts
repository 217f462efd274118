import { StoreUnavailable, type KeptEvent, type TelemetryStore } from './telemetry-store.ts';

/** How long an id is remembered: browsers forget an event after a week (src/telemetry/event-queue.ts), and clocks differ. */
export const rememberDays = 9;

/** Remembers ids for platforms whose store of counts knows none. */
export interface SeenEvents {
  /**
   * Remembers ids of one session, in one step that no other call comes in between.
   *
   * @returns those that were not remembered before
   * @throws where it is not known whether they are remembered
   */
  readonly add: (session: string, ids: readonly string[]) => Promise<readonly string[]>;
}

async function takeFresh(
  seen: SeenEvents,
  events: readonly KeptEvent[],
  session: string,
): Promise<readonly KeptEvent[]> {
  const ids = new Set(events.map(({ id }) => id));
  const fresh = new Set(await seen.add(session, [...ids]));
  // Once, also where a batch has an id twice.
  return events.filter(({ id }) => fresh.delete(id));
}

/**
 * Lets an event through to a store once. It is remembered first and kept then: a process that is killed in between loses it, as
 * one that is killed between keeping and answering would have counted it twice.
 */
export function countOnce(store: TelemetryStore, seen: SeenEvents): TelemetryStore {
  return {
    ...store,
    add: async (events) => {
      const sessions = new Map<string, KeptEvent[]>();
      for (const event of events) {
        const group = sessions.get(event.session);
        if (group === undefined) sessions.set(event.session, [event]);
        else group.push(event);
      }
      const answers = await Promise.allSettled(
        [...sessions].map(([session, group]) => takeFresh(seen, group, session)),
      );
      // What is remembered now has to be kept now, whatever became of the other sessions: they come again.
      const fresh = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
      if (fresh.length > 0) await store.add(fresh);
      const failed = answers.find((answer) => answer.status === 'rejected');
      if (failed !== undefined) throw new StoreUnavailable('Ids could not be remembered.', failed.reason);
    },
  };
}
