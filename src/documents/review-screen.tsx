/** Held for the review screen, which replaces this file. */
export function ReviewScreen() {
  return null;
}
