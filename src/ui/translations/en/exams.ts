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
  sheet: {
    name: 'Name',
    section: 'Section',
    studentNumber: 'Student number',
    version: 'Version',
    page: 'Page',
    howToMark:
      'Fill in the whole bubble with a pencil or a dark pen. To change an answer, erase the old mark completely.',
    trueSign: 'T',
    falseSign: 'F',
    points: 'points',
    forTeacher: 'For the teacher',
  },
} as const;
