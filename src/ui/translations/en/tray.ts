/** Work in the background, and what came of it. */
export const tray = {
  label: 'Work in the background',
  scanning: 'Scanning page {{done}} of {{total}}',
  safe: 'You can go on, or close the tab: it continues when you come back.',
  stop: 'Stop',
  stopped_one: '{{count}} photo was not scanned.',
  stopped_other: '{{count}} photos were not scanned.',
  goOn: 'Go on',
  failed_one: '{{count}} page could not be scanned.',
  failed_other: '{{count}} pages could not be scanned.',
  show: 'Show',
  allDone: 'All pages are scanned.',
  paused: {
    'runtime-unavailable':
      'The scanner is not on this device yet. Your photos wait here. Connect to the internet once, then go on.',
    'model-unavailable':
      'A part of the scanner did not come through whole. Your photos wait here. Connect to the internet, then go on.',
    'storage-full': 'This device is full. Your photos wait here. Delete something, then go on.',
    'storage-blocked': 'This browser stopped keeping things. Load the page again.',
  },
  refusedTitle_one: '{{count}} file was not added',
  refusedTitle_other: '{{count}} files were not added',
} as const;
