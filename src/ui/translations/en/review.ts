/** One page: its look, its corners, its turn. */
export const review = {
  title: 'Page',
} as const;
