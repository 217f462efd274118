/** The camera, and a page's review. */
export const scan = {
  moveCloser: 'Move closer',
} as const;
