import { type TextWord, doubtfulBelow } from '#contract/text.ts';

export function isDoubtful({ confidence }: Pick<TextWord, 'confidence'>): boolean {
  return confidence < doubtfulBelow;
}
