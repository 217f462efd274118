import type { TextReading } from '#contract/text.ts';
import type { TextRecord } from '../records.ts';
import { withTerms } from '../store-texts.ts';

const box = { x: 100, y: 100, width: 50, height: 20 };

/** A text that was read: one paragraph of one line. */
export function makeText(id: string, text: string): TextRecord {
  const words = text.split(/\s+/).filter(Boolean);
  const line = {
    words: words.map((word) => ({ text: word, box, confidence: 0.9 })),
    box,
    baseline: { from: [100, 120], to: [150, 120] },
  } as const;
  const reading: TextReading = {
    state: 'text',
    blocks: [{ kind: 'paragraph', lines: [line], box }],
    languages: ['eng'],
    turns: 0,
    size: { width: 1240, height: 1754 },
    confidence: 0.9,
    version: 1,
    madeBy: 'a test',
  };
  return withTerms({ id, state: 'read', queuePosition: 1, revision: 0, attempts: 1, reading });
}
