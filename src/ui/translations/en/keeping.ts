/** How long sheets and their photos stay on the device, how large, and the reading that goes on in the background. */
export const keeping = {
  title: 'Photos and pupils’ data',
  used_one: '{{count}} sheet, {{size}}, kept on this device and nowhere else.',
  used_other: '{{count}} sheets, {{size}}, kept on this device and nowhere else.',
  photos: 'Photos of sheets',
  photoSizes: { 'as-taken': 'As taken', reduced: 'Smaller' },
  photosHelp:
    'Smaller photos take a fraction of the space and are still good for the review. This is for sheets that are read from now on.',
  until: 'Planned to be kept until {{day}}. Papel asks you then; nothing goes by itself.',
  noEnd: 'Papel does not ask when these may go.',
  longer: 'Keep a year longer',
  neverAsk: 'Do not ask',
  erase: 'Delete all of this exam…',
  eraseTitle: 'Delete all of {{title}}?',
  eraseText_one: 'The exam, its key, {{count}} sheet and its photo are then gone for good. Export the results first.',
  eraseText_other:
    'The exam, its key, {{count}} sheets and their photos are then gone for good. Export the results first.',
  eraseNow: 'Delete for good',
  erased: '{{title}} is deleted, with all of its sheets.',
  due: {
    title: 'Kept as long as planned',
    text: 'These exams have pupils’ sheets on this device that may no longer be needed.',
    row_one: '{{count}} sheet, planned to be kept until {{day}}',
    row_other: '{{count}} sheets, planned to be kept until {{day}}',
    erase: 'Delete…',
  },
  tray: {
    label: 'Reading of answer sheets',
    reading_one: 'Reading: {{count}} answer sheet left',
    reading_other: 'Reading: {{count}} answer sheets left',
    show: 'Show',
  },
} as const;
