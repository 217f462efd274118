/** A value that React components watch with `useSyncExternalStore`. */
export interface Observed<T> {
  readonly read: () => T;
  readonly write: (change: Partial<T>) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function observe<T extends object>(first: T): Observed<T> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    read: () => value,
    write: (change) => {
      value = { ...value, ...change };
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
