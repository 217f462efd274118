import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { TextBlock } from '#contract/text.ts';
import { makeReading } from '../testing/make-reading.ts';
import { outlineText } from './outline-text.ts';
import { writeDocx } from './write-docx.ts';
import { writeMarkdown } from './write-markdown.ts';

const { blocks } = makeReading([
  ['heading', 'Ang *unang* araw'],
  ['paragraph', '1. Nagbayad ng ₱500 si Señora', 'Peña sa tinda-', 'han noong umaga.'],
  ['list-item', '• a hat'],
  ['list-item', '2) two', 'lines'],
  ['list-item', 'B. a_letter'],
  ['paragraph', '# not a heading'],
]);

/** Two rows whose cells stand far apart. */
const rows: readonly TextBlock[] = makeReading([
  ['row', 'Name Score | A'],
  ['row', 'Ana 9'],
]).blocks.map((block) => ({
  ...block,
  lines: block.lines.map((line) => ({
    ...line,
    words: line.words.map((word, at) => (at === 0 ? word : { ...word, box: { ...word.box, x: word.box.x + 400 } })),
  })),
}));

describe('outlineText', () => {
  it('knows headings, paragraphs, items and tables, and makes divided words whole', () => {
    expect(outlineText([...blocks, ...rows])).toEqual([
      { kind: 'heading', level: 1, text: 'Ang *unang* araw' },
      { kind: 'paragraph', text: '1. Nagbayad ng ₱500 si Señora Peña sa tindahan noong umaga.' },
      { kind: 'item', number: undefined, text: 'a hat' },
      { kind: 'item', number: '2)', text: 'two lines' },
      { kind: 'item', number: 'B.', text: 'a_letter' },
      { kind: 'paragraph', text: '# not a heading' },
      {
        kind: 'table',
        rows: [
          ['Name', 'Score | A'],
          ['Ana', '9'],
        ],
      },
    ]);
  });
});

describe('writeMarkdown', () => {
  it('writes what Markdown has signs for, and hides signs that only look like them', () => {
    expect(writeMarkdown([blocks, rows])).toBe(`# Ang \\*unang\\* araw

1\\. Nagbayad ng ₱500 si Señora Peña sa tindahan noong umaga.

- a hat
2) two lines
- B. a\\_letter

\\# not a heading

---

| Name | Score \\| A |
| --- | --- |
| Ana | 9 |
`);
  });
});

describe('writeDocx', () => {
  it('writes a Word file with headings, lists, tables and every letter', async () => {
    const file = await writeDocx({ title: 'Unang araw', pages: [blocks, rows], language: 'fil' });
    const parts = unzipSync(new Uint8Array(await file.arrayBuffer()));
    const body = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
    expect(body).toContain('w:val="Heading1"');
    expect(body).toContain('Nagbayad ng ₱500 si Señora Peña sa tindahan noong umaga.');
    expect(body).toContain('<w:numPr>');
    expect(body.match(/<w:tc>/g)).toHaveLength(4);
    expect(strFromU8(parts['word/styles.xml'] ?? new Uint8Array())).toContain('w:val="fil"');
  });
});
