/**
 * Counts how Papel runs, where it may: consent, queue and sender put together. What the browser brings is given, so that all
 * of it runs in tests too.
 */
import type { Config } from '#contract/config.ts';
import type { FailureCode } from '#contract/failures.ts';
import type { DeviceClass, Operation, TelemetryEvent, WebVital, telemetryBackends } from '#contract/telemetry.ts';
import { decideStanding, type Choice, type PrivacySignals, type Standing } from './consent.ts';
import { randomUuid, timedUuid } from './random-uuid.ts';
import { Sender, type SenderSettings } from './sender.ts';

/** How an operation went. */
export interface FinishedOperation {
  readonly operation: Operation;
  readonly durationMs: number;
  /** `undefined` where it went well. */
  readonly failure: FailureCode | undefined;
  readonly backend: (typeof telemetryBackends)[number];
}

export interface TelemetrySettings extends Omit<SenderSettings, 'isAllowed' | 'newId'> {
  /** What holds in the market now. */
  readonly config: () => Config;
  readonly signals: PrivacySignals;
  readonly readChoice: () => Choice | undefined;
  readonly deviceClass: DeviceClass;
  /** First digits of the digest of the app's build. */
  readonly app: string;
  readonly onError: (cause: unknown) => void;
}

const longestMs = 3_600_000;
/** Time to gather a few events before someone's line is used. */
const gatherMs = 10_000;

export class Telemetry {
  readonly #settings: TelemetrySettings;
  readonly #session = randomUuid();
  readonly #sender: Sender;

  constructor(settings: TelemetrySettings) {
    this.#settings = settings;
    this.#sender = new Sender({ ...settings, isAllowed: () => this.standing.isOn, newId: randomUuid });
  }

  get standing(): Standing {
    const { config, signals, readChoice } = this.#settings;
    return decideStanding(config(), signals, readChoice());
  }

  /** After something that decides may have changed: leaves nothing in the queue where nothing may be counted. */
  async check(): Promise<void> {
    const { queue, config, readChoice } = this.#settings;
    if (this.standing.isOn) {
      await queue.writePermission({ market: config().market, choice: readChoice() });
      // Taken back meanwhile.
      if (this.standing.isOn) return;
    }
    this.#sender.forget();
    await queue.clear();
  }

  /** Resolves once it is in the queue, or was not to be. */
  async noteOperation({ operation, durationMs, failure, backend }: FinishedOperation): Promise<void> {
    await this.#note({
      kind: 'operation',
      ...this.#describeNow(),
      operation,
      outcome: failure === undefined ? 'success' : 'failure',
      failure: failure ?? null,
      durationMs: Math.min(longestMs, Math.max(0, Math.round(durationMs))),
      backend,
      models: backend === 'none' ? null : this.#settings.config().modelsVersion,
    });
  }

  async noteVital(vital: WebVital, value: number): Promise<void> {
    await this.#note({ kind: 'web-vital', ...this.#describeNow(), vital, value: Math.min(longestMs, value) });
  }

  async send(options?: { readonly afterOutage: boolean }): Promise<void> {
    try {
      await this.#sender.send(options);
    } catch (cause) {
      this.#settings.onError(cause);
    }
  }

  /** See `Sender.sendAtOnce`. */
  sendAtOnce(): boolean {
    return this.#sender.sendAtOnce();
  }

  #describeNow() {
    const { config, deviceClass, app, now } = this.#settings;
    const at = now();
    return { id: timedUuid(at), session: this.#session, at, market: config().market, deviceClass, app };
  }

  async #note(event: TelemetryEvent): Promise<void> {
    const { queue, later, onError } = this.#settings;
    if (!this.standing.isOn) return;
    // First, as the page may be hidden before the database has answered.
    this.#sender.note(event);
    try {
      await queue.add(event);
    } catch (cause) {
      onError(cause);
    }
    later(gatherMs);
  }
}
