import type { Handler } from 'hono';
import { answerProblem } from '../http/problem.ts';
import { hasToken } from '../http/require-token.ts';

/** By name: each resolves while what it looks at works. */
export type Checks = Readonly<Record<string, () => Promise<void>>>;

/** What only whoever runs this edge is told of the process. */
export interface ProcessFacts {
  readonly version: string;
  readonly uptimeSeconds: number;
  /** `null` where the platform does not tell. */
  readonly memoryBytes: number | null;
}

export interface ReadyOptions {
  readonly checks: Checks;
  readonly token: string | undefined;
  readonly facts: () => ProcessFacts;
  /** For each check alone. */
  readonly limitMs?: number;
}

interface Outcome {
  readonly name: string;
  readonly isWorking: boolean;
  readonly ms: number;
}

/** One look serves everybody who asks within this time: asking often does not load what is looked at. */
const sharedMs = 1_000;

async function runCheck(name: string, check: () => Promise<void>, limitMs: number): Promise<Outcome> {
  const startedAt = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  const works = (async () => {
    try {
      await check();
      return true;
    } catch {
      return false;
    }
  })();
  const isWorking = await Promise.race([works, late]);
  clearTimeout(timer);
  return { name, isWorking, ms: Math.round(performance.now() - startedAt) };
}

/** Says whether everything works that this process stands on, and what does not, by name. Only the token learns more. */
export function answerReady({ checks, token, facts, limitMs = 2_000 }: ReadyOptions): Handler {
  let last: { readonly at: number; readonly outcomes: Promise<readonly Outcome[]> } | undefined;

  function look(): Promise<readonly Outcome[]> {
    const now = performance.now();
    if (last === undefined || now - last.at > sharedMs) {
      const outcomes = Promise.all(Object.entries(checks).map(([name, check]) => runCheck(name, check, limitMs)));
      last = { at: now, outcomes };
    }
    return last.outcomes;
  }

  return async (context) => {
    const outcomes = await look();
    const failing = outcomes.filter(({ isWorking }) => !isWorking).map(({ name }) => name);
    const details = (await hasToken(context, token)) ? { ...facts(), checks: outcomes } : {};
    if (failing.length > 0) {
      return answerProblem(context, 503, 'Something that this server stands on does not work.', {
        members: { failing, ...details },
      });
    }
    return context.json({ status: 'ready', ...details }, 200, { 'Cache-Control': 'no-store' });
  };
}
