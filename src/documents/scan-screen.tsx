/** Held for the camera screen, which replaces this file. */
export function ScanScreen() {
  return null;
}
