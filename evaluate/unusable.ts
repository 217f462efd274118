/** The folder, its truth or the command line cannot be used: one line says why, and the exit code is 2. */
export class UnusableInput extends Error {
  override readonly name = 'UnusableInput';
}
