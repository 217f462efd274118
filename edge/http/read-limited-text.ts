/** What a body says, or why nobody has read it. */
export type LimitedText = { readonly text: string } | { readonly refused: 'too-large' | 'unreadable' };

const tooLarge: LimitedText = { refused: 'too-large' };

/**
 * Reads a body as UTF-8 and counts while reading, so that neither a wrong Content-Length nor a body that says no length
 * takes more memory than the limit and one more piece.
 */
export async function readLimitedText(request: Request, limitBytes: number): Promise<LimitedText> {
  if (Number(request.headers.get('Content-Length')) > limitBytes) return tooLarge;
  if (request.body === null) return { text: '' };
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = request.body.getReader();
  let bytes = 0;
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { text: text + decoder.decode() };
      bytes += value.byteLength;
      if (bytes > limitBytes) {
        await reader.cancel();
        return tooLarge;
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // No UTF-8, or the caller went away in the middle.
    return { refused: 'unreadable' };
  }
}
