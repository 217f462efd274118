import * as v from 'valibot';
import { configSchema, type Config } from '#contract/config.ts';
import { setCdnBase } from '#src/delivery/sources.ts';

/** In localStorage, as it has to be there before anything is fetched. */
const storedName = 'papel-config';

function apply({ cdnBase }: Config): void {
  setCdnBase(cdnBase ?? undefined);
}

function readStored(): Config | undefined {
  try {
    const parsed = v.safeParse(configSchema, JSON.parse(localStorage.getItem(storedName) ?? 'null'));
    return parsed.success ? parsed.output : undefined;
  } catch {
    // Browsers may refuse localStorage, and anyone may write anything into it.
    return undefined;
  }
}

function keep(config: Config): void {
  try {
    localStorage.setItem(storedName, JSON.stringify(config));
  } catch {
    // The next start asks again.
  }
}

/**
 * Applies what the edge says of the place where it runs. What it said last holds until it answers, and goes on to hold
 * where it does not: offline, or behind a portal that answers something else.
 */
export async function applyRegion(): Promise<void> {
  const stored = readStored();
  if (stored !== undefined) apply(stored);
  try {
    const response = await fetch('/api/config', { cache: 'no-cache' });
    if (!response.ok) return;
    const config = v.parse(configSchema, await response.json());
    apply(config);
    keep(config);
  } catch {
    // As above.
  }
}
