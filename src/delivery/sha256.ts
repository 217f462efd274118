/**
 * SHA-256 (FIPS 180-4) for addresses without https, where browsers hide `crypto.subtle`: a school's own server on its
 * local network. About ten times slower than the browser's: 8 MB take a quarter of a second on a laptop.
 *
 * @returns 64 hexadecimal digits
 */
export function sha256(content: Uint8Array): string {
  const state = startState();
  const schedule = new Uint32Array(64);
  const whole = content.length - (content.length % 64);
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  for (let at = 0; at < whole; at += 64) mixBlock(state, schedule, view, at);
  const tail = new DataView(padTail(content.subarray(whole), content.length).buffer);
  for (let at = 0; at < tail.byteLength; at += 64) mixBlock(state, schedule, tail, at);
  return [...state].map((word) => word.toString(16).padStart(8, '0')).join('');
}

/** The first primes; their roots make the algorithm's constants, so that none can be mistyped. */
const primes = listPrimes(64);
const roundConstants = Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));

function listPrimes(count: number): readonly number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate += 1) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}

/** The first 32 bits behind the point. */
function fraction(root: number): number {
  return Math.floor((root % 1) * 2 ** 32);
}

function startState(): Uint32Array {
  return Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
}

/** What is left behind the last whole block, a set bit, zeros, and the length in bits. */
function padTail(rest: Uint8Array, bytes: number): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(rest.length < 56 ? 64 : 128);
  padded.set(rest);
  padded[rest.length] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(bytes) * 8n);
  return padded;
}

function turn(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function mixBlock(state: Uint32Array, schedule: Uint32Array, view: DataView, at: number): void {
  for (let i = 0; i < 16; i += 1) schedule[i] = view.getUint32(at + i * 4);
  for (let i = 16; i < 64; i += 1) {
    const near = schedule[i - 2] ?? 0;
    const far = schedule[i - 15] ?? 0;
    const nearMixed = turn(near, 17) ^ turn(near, 19) ^ (near >>> 10);
    const farMixed = turn(far, 7) ^ turn(far, 18) ^ (far >>> 3);
    schedule[i] = nearMixed + (schedule[i - 7] ?? 0) + farMixed + (schedule[i - 16] ?? 0);
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i += 1) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const first =
      (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + (roundConstants[i] ?? 0) + (schedule[i] ?? 0)) | 0;
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i] ?? 0) + word;
}
