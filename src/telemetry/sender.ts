import { retriedStatuses, type TelemetryEvent } from '#contract/telemetry.ts';
import { mostEvents, type EventQueue } from './event-queue.ts';
import { makeBatch, type Batch } from './make-batch.ts';
import { longestPauseMs, parseRetryAfter, retryDelay } from './retry-delay.ts';

export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  /** Whether it says how many events were taken: a portal of some Wi-Fi answers 200 to everything. */
  readonly isAcceptance: boolean;
}

export interface SenderSettings {
  readonly queue: EventQueue;
  /** Asked before every request, as it may be switched off at any time. */
  readonly isAllowed: () => boolean;
  /** Rejects where no answer came. */
  readonly post: (body: string) => Promise<Answer>;
  /** False where the browser takes no more: all beacons that are on their way share 64 KiB. */
  readonly beacon: (body: string) => boolean;
  /** Does the work unless another tab is at it. */
  readonly exclusively: (work: () => Promise<void>) => Promise<void>;
  readonly now: () => number;
  /** 0 to 1 */
  readonly random: () => number;
  readonly newId: () => string;
  /** Calls `send` then, if the page is still there; of several calls the earliest counts. */
  readonly later: (ms: number) => void;
}

/** Older edges, and those without telemetry, do not know the address. */
const unknownStatuses = new Set([404, 405]);
const retried = new Set<number>(retriedStatuses);

/**
 * Brings the queue to the edge. Events keep their ids over every try, and the edge counts an id once: what may have
 * arrived can be sent again.
 */
export class Sender {
  readonly #settings: SenderSettings;
  /** Events of this page that no answer has confirmed: for the moment in which the page goes and no database can be read. */
  #own: TelemetryEvent[] = [];
  /** Ids that went by beacon. This page does not send them again; the next start does, and gets an answer. */
  readonly #beaconed = new Set<string>();
  readonly #underWay = new Set<string>();
  #pausedUntil = 0;
  #isUnknown = false;

  constructor(settings: SenderSettings) {
    this.#settings = settings;
  }

  /** Takes note of an event of this page, which the queue has or is about to have. */
  note(event: TelemetryEvent): void {
    this.#own = [...this.#own, event].slice(-mostEvents);
  }

  forget(): void {
    this.#own = [];
  }

  /**
   * Sends all that waits, one batch after the other, until something is in the way.
   *
   * @param afterOutage the network may be back: what no answer came for is tried at once; what a server asked to wait for
   *   still waits
   */
  async send({ afterOutage = false } = {}): Promise<void> {
    if (!this.#mayTry()) return;
    await this.#settings.exclusively(async () => {
      const { queue, now, later } = this.#settings;
      const pause = await queue.readPause();
      const holds = pause !== undefined && (pause.isAskedFor || !afterOutage);
      const waitMs = holds ? pause.until - now() : 0;
      // Farther in the future than any pause: the clock was set back.
      if (waitMs > 0 && waitMs <= longestPauseMs) {
        this.#pausedUntil = now() + waitMs;
        later(waitMs);
        return;
      }
      this.#pausedUntil = 0;
      await queue.removeStale();
      let attempts = holds ? pause.attempts : 0;
      while (await this.#sendNext(attempts)) attempts = 0;
    });
  }

  /** Whether something waits that another try may bring. */
  async hasMore(): Promise<boolean> {
    return this.#mayTry() && (await this.#settings.queue.list()).some(({ id }) => !this.#beaconed.has(id));
  }

  /**
   * The page is hidden and may not come back: what this page counted goes as a beacon. Nothing here waits for anything.
   *
   * @returns whether something may be left for the service worker, as far as can be told without waiting
   */
  sendAtOnce(): boolean {
    const { queue, now, newId, beacon } = this.#settings;
    if (!this.#mayTry()) return false;
    if (now() < this.#pausedUntil) return true;
    const waiting = this.#own.filter(({ id }) => !this.#beaconed.has(id) && !this.#underWay.has(id));
    const batch = makeBatch(waiting, newId(), now());
    if (batch === undefined) return this.#underWay.size > 0;
    if (!beacon(batch.body)) return true;
    for (const { id } of batch.events) this.#beaconed.add(id);
    void queue.writeLastSent({ at: now(), body: batch.body, isConfirmed: false });
    return batch.events.length < waiting.length;
  }

  #mayTry(): boolean {
    return !this.#isUnknown && this.#settings.isAllowed();
  }

  /** @returns whether there may be more to send */
  async #sendNext(attempts: number): Promise<boolean> {
    const { queue, now, newId } = this.#settings;
    const waiting = (await queue.list()).filter(({ id }) => !this.#beaconed.has(id));
    const batch = makeBatch(waiting, newId(), now());
    if (batch === undefined || !this.#mayTry()) return false;
    for (const { id } of batch.events) this.#underWay.add(id);
    try {
      return await this.#judge(batch, await this.#post(batch.body), attempts);
    } finally {
      for (const { id } of batch.events) this.#underWay.delete(id);
    }
  }

  async #post(body: string): Promise<Answer | undefined> {
    try {
      return await this.#settings.post(body);
    } catch {
      // No network, or nobody there: the usual case in a classroom, and what the queue is for.
      return undefined;
    }
  }

  async #judge(batch: Batch, answer: Answer | undefined, attempts: number): Promise<boolean> {
    const { queue, now, random, later } = this.#settings;
    if (answer !== undefined && unknownStatuses.has(answer.status)) {
      this.#isUnknown = true;
      return false;
    }
    const isTaken = answer?.status === 202 && answer.isAcceptance;
    const isOthers = answer !== undefined && answer.status < 400 && !isTaken;
    if (answer === undefined || isOthers || retried.has(answer.status)) {
      const delayMs = retryDelay(attempts + 1, parseRetryAfter(answer?.retryAfter ?? null, now()), random());
      this.#pausedUntil = now() + delayMs;
      const isAskedFor = answer !== undefined && !isOthers;
      await queue.writePause({ attempts: attempts + 1, until: this.#pausedUntil, isAskedFor });
      later(delayMs);
      return false;
    }
    // Taken, or refused for what it is: neither is sent again.
    const ids = new Set(batch.events.map(({ id }) => id));
    this.#own = this.#own.filter(({ id }) => !ids.has(id));
    await queue.remove(batch.events);
    await queue.writePause(undefined);
    // Switched off while it was on its way: nothing is noted any more.
    if (isTaken && this.#mayTry()) await queue.writeLastSent({ at: now(), body: batch.body, isConfirmed: true });
    return true;
  }
}
