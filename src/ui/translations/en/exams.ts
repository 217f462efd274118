/** Exams: the list, design, key and class lists. */
export const exams = {
  title: 'Answer sheets',
  gone: 'This exam is not on this device.',
  steps: {
    label: 'Steps of this exam',
    design: 'Design',
    key: 'Key',
    read: 'Read',
    review: 'Review',
    results: 'Results',
  },
} as const;
