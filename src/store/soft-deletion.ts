/** Records that are deleted, but not yet gone. */

interface Deletable {
  readonly deletedAt?: number;
}

export function isThere<T extends Deletable>(record: T | undefined): record is T {
  return record !== undefined && record.deletedAt === undefined;
}

export function withDeletion<T extends Deletable>(record: T, deletedAt: number): T & { readonly deletedAt: number } {
  return { ...record, deletedAt };
}

export function withoutDeletion<T extends Deletable>({ deletedAt: _deletedAt, ...record }: T): Omit<T, 'deletedAt'> {
  return record;
}

export function wasDeletedBefore({ deletedAt }: Deletable, time: number): boolean {
  return deletedAt !== undefined && deletedAt < time;
}
