import { designsOfOthers } from './designs-of-others.ts';
import { ownDesigns, writtenDesigns } from './own-designs.ts';
import type { DesignSet, PrintedDesign } from './printed-design.ts';

export const printedDesigns: Readonly<Record<DesignSet, readonly PrintedDesign[]>> = {
  own: ownDesigns,
  others: designsOfOthers,
  written: writtenDesigns,
};
