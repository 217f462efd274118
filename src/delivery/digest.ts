/** SHA-256 of the content, 64 hexadecimal digits; by the browser where it offers that. */
export async function digestOf(content: Uint8Array<ArrayBuffer>): Promise<string> {
  // Types promise `subtle` everywhere; addresses without https do not have it.
  const subtle: SubtleCrypto | undefined = globalThis.crypto.subtle;
  if (subtle === undefined) return (await import('./sha256.ts')).sha256(content);
  const digest = new Uint8Array(await subtle.digest('SHA-256', content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
