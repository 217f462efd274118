/** What a body says, or why nobody has read it. */
export type LimitedText = { readonly text: string } | { readonly refused: 'too-large' | 'unreadable' };

const tooLarge: LimitedText = { refused: 'too-large' };

/** Counts while reading, so that no body takes more memory than the limit and one more piece; nothing where it is longer. */
async function readPieces(body: ReadableStream<Uint8Array>, limitBytes: number): Promise<string | undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = body.getReader();
  let bytes = 0;
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > limitBytes) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/**
 * Reads a body as UTF-8. One that says its length ends there (RFC 9112, 6.3): servers see to that, so it is read at once. As
 * a stream, it is a third of all that Node does for a batch of telemetry.
 */
export async function readLimitedText(request: Request, limitBytes: number): Promise<LimitedText> {
  const length = request.headers.get('Content-Length');
  if (Number(length) > limitBytes) return tooLarge;
  try {
    if (length !== null && /^\d+$/.test(length)) {
      const bytes = await request.arrayBuffer();
      if (bytes.byteLength > limitBytes) return tooLarge;
      return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
    }
    if (request.body === null) return { text: '' };
    const text = await readPieces(request.body, limitBytes);
    return text === undefined ? tooLarge : { text };
  } catch {
    // No UTF-8, or the caller went away in the middle.
    return { refused: 'unreadable' };
  }
}
