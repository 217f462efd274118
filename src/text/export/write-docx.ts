import { Document, HeadingLevel, LevelFormat, Packer, Paragraph, Table, TableCell, TableRow, WidthType } from 'docx';

import type { TextBlock } from '#contract/text.ts';
import { type TextPart, outlineText } from './outline-text.ts';

interface WordFile {
  readonly title: string;
  readonly pages: readonly (readonly TextBlock[])[];
  /** BCP 47, for the spelling checker. */
  readonly language: string;
}

const headings = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const;
const bullets = 'bullets';
/** Twentieths of a point: half an inch, and where the sign hangs. */
const indent = { left: 720, hanging: 360 };

/** Pages as a Word file (Office Open XML): headings, lists and tables, each page on a new one. */
export function writeDocx({ title, pages, language }: WordFile): Promise<Blob> {
  return Packer.toBlob(
    new Document({
      title,
      creator: 'Papel',
      styles: { default: { document: { run: { font: 'Calibri', size: 22, language: { value: language } } } } },
      numbering: {
        config: [
          {
            reference: bullets,
            levels: [{ level: 0, format: LevelFormat.BULLET, text: '•', style: { paragraph: { indent } } }],
          },
        ],
      },
      sections: pages.map((blocks) => ({ children: outlineText(blocks).map((part) => writePart(part)) })),
    }),
  );
}

function writePart(part: TextPart): Paragraph | Table {
  switch (part.kind) {
    case 'heading':
      return new Paragraph({ text: part.text, heading: headings[part.level] });
    case 'paragraph':
      return new Paragraph({ text: part.text, spacing: { after: 160 } });
    case 'item':
      // A number stays as it is on the page: counted anew, the second half of a list would begin with 1.
      return part.number === undefined
        ? new Paragraph({ text: part.text, numbering: { reference: bullets, level: 0 } })
        : new Paragraph({
            text: `${part.number}\t${part.text}`,
            indent,
            tabStops: [{ type: 'left', position: indent.left }],
          });
    case 'table':
      return new Table({
        width: { size: 100, type: WidthType.PERCENTAGE },
        rows: part.rows.map(
          (row) =>
            new TableRow({ children: row.map((text) => new TableCell({ children: [new Paragraph({ text })] })) }),
        ),
      });
    default:
      return part satisfies never;
  }
}
