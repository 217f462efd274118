/** Files that were refused, collected until the user has seen them. */
import { useSyncExternalStore } from 'react';

import type { Refusal } from './create-flow.ts';

let refusals: readonly Refusal[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Refusal[]) {
  refusals = next;
  for (const listener of listeners) listener();
}

/** Shows these files in the one list, beside those of it that were not looked at yet. */
export function showRefusals(refused: readonly Refusal[]): void {
  if (refused.length > 0) change([...refusals, ...refused]);
}

export function clearRefusals(): void {
  change([]);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useRefusals(): readonly Refusal[] {
  return useSyncExternalStore(subscribe, () => refusals);
}
