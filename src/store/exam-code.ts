import type { PapelDatabase } from './database.ts';

/** Crockford's base 32: no I, L, O and U, so that a code can be read aloud. */
const codeSigns = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function drawCode(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => codeSigns[byte % codeSigns.length]).join('');
}

/**
 * A code that no exam of this device has: the one that is wished for, or 40 random bits. Deleted exams count, as they may
 * come back. Inside a transaction.
 */
export async function takeCode(db: PapelDatabase, wished?: string): Promise<string> {
  for (let code = wished ?? drawCode(); ; code = drawCode()) {
    if ((await db.exams.where('code').equals(code).count()) === 0) return code;
  }
}
