import type { TextBlock } from '#contract/text.ts';
import { type TextPart, outlineText } from './outline-text.ts';

/** Pages as Markdown (CommonMark, tables as on GitHub), with a line between them. */
export function writeMarkdown(pages: readonly (readonly TextBlock[])[]): string {
  return `${pages.map((blocks) => writePage(outlineText(blocks))).join('\n\n---\n\n')}\n`;
}

function writePage(parts: readonly TextPart[]): string {
  let text = '';
  let before: TextPart['kind'] | undefined;
  for (const part of parts) {
    if (before !== undefined) text += before === 'item' && part.kind === 'item' ? '\n' : '\n\n';
    text += writePart(part);
    before = part.kind;
  }
  return text;
}

function writePart(part: TextPart): string {
  switch (part.kind) {
    case 'heading':
      return `${'#'.repeat(part.level)} ${escape(part.text)}`;
    case 'paragraph':
      return escapeStart(escape(part.text));
    case 'item':
      return `${signOf(part.number)} ${escape(part.text)}`;
    case 'table':
      return writeTable(part.rows);
    default:
      return part satisfies never;
  }
}

/** Markdown numbers with digits only: a letter stays in the text. */
function signOf(number: string | undefined): string {
  if (number === undefined) return '-';
  return /^\d+[.)]$/.test(number) ? number : `- ${escape(number)}`;
}

function writeTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  return [writeRow(head), `|${' --- |'.repeat(head.length)}`, ...rows.map((row) => writeRow(row))].join('\n');
}

function writeRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => escape(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}

function escape(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>]/g, String.raw`\$&`);
}

/** What would make a paragraph something else. */
function escapeStart(text: string): string {
  return text.replace(/^(?=[#+-])/, '\\').replace(/^(\d+)(?=[.)](?:\s|$))/, '$1\\');
}
