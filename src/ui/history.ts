/** Undo and redo for an editor: a value, what was before it and what was undone. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** What made the present value; a second change by the same gesture replaces it instead of adding a step. */
  readonly gesture: string | undefined;
}

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], gesture: undefined };
}

/** Adds a step; one `gesture` (a drag, a run of arrow keys on one handle) is one step however many changes it makes. */
export function record<T>(history: History<T>, present: T, gesture?: string): History<T> {
  if (gesture !== undefined && gesture === history.gesture) return { ...history, present, future: [] };
  return { past: [...history.past, history.present], present, future: [], gesture };
}

/** Ends the running gesture, so that the next change is a step of its own. */
export function settle<T>(history: History<T>): History<T> {
  return history.gesture === undefined ? history : { ...history, gesture: undefined };
}

export function undo<T>({ past, present, future, gesture }: History<T>): History<T> {
  const last = past.at(-1);
  if (last === undefined) return { past, present, future, gesture };
  return { past: past.slice(0, -1), present: last, future: [present, ...future], gesture: undefined };
}

export function redo<T>({ past, present, future, gesture }: History<T>): History<T> {
  const [next, ...rest] = future;
  if (next === undefined) return { past, present, future, gesture };
  return { past: [...past, present], present: next, future: rest, gesture: undefined };
}
