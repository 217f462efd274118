/** Which bubble of a page a pointer means. */
import type { Position, SheetDesign } from '#contract/sheets.ts';

export interface PressedBubble {
  readonly label: string;
  readonly value: string;
}

export function bubbleName({ label, value }: PressedBubble): string {
  return `${label}=${value}`;
}

/** A finger is wider than a bubble: one that misses it by this many millimetres of paper still means it. */
const reachMm = 2;

/** @param at on the page, in the design's unit. @returns the nearest bubble within reach of it */
export function findBubble(design: SheetDesign, at: Position): PressedBubble | undefined {
  let nearest: PressedBubble | undefined;
  let least = reachMm;
  for (const { fields } of design.blocks) {
    for (const { label, bubbles } of fields) {
      for (const { left, top, width, height, value } of bubbles) {
        const beyondX = Math.abs(at.x - left - width / 2) - width / 2;
        const beyondY = Math.abs(at.y - top - height / 2) - height / 2;
        const distance = Math.max(beyondX, beyondY);
        if (distance < least) {
          least = distance;
          nearest = { label, value };
        }
      }
    }
  }
  return nearest;
}
