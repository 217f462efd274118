/** Whether blocks that were drawn over a picture lie on its bubbles, by what reading the picture with them gave. Pure. */
import type { BubbleReading, SheetReading } from '#contract/sheets.ts';
import { placeBubble, type DrawnBlock } from './template-blocks.ts';

/**
 * A hand misses the middle of a bubble by a few pixels, and the reader goes to where the bubble is. Farther off than this, in widths of
 * a bubble, it went to another one: with four choices drawn over five, to four of the five.
 */
const mostOff = 0.5;

/** @param reading of the picture itself, so that its places are those of the blocks */
export function areBlocksInPlace(blocks: readonly DrawnBlock[], reading: SheetReading): boolean {
  if (!reading.found || !reading.blocks.every(({ locked }) => locked)) return false;
  let first = 0;
  return blocks.every((block) => {
    const fields = reading.fields.slice(first, first + block.fields);
    first += block.fields;
    return fields.every(({ bubbles }, field) =>
      bubbles.every((bubble, choice) => isInPlace(block, bubble, placeBubble(block, field, choice))),
    );
  });
}

function isInPlace(
  { bubble: { width, height } }: DrawnBlock,
  { center }: BubbleReading,
  drawn: { readonly x: number; readonly y: number },
): boolean {
  return Math.hypot(center.x - drawn.x, center.y - drawn.y) <= mostOff * Math.max(width, height);
}
