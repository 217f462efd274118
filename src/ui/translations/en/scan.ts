/** The camera screen. */
export const scan = {
  title: 'Scan',
  shutter: 'Take the picture',
  auto: 'Auto',
  lightOn: 'Turn the light on',
  lightOff: 'Turn the light off',
  chooseCamera: 'Choose a camera',
  cameraNumber: 'Camera {{number}}',
  addFiles: 'Add photos or files',
  leave: 'Leave the camera',
  finish: 'Done',
  review_one: 'Look at the {{count}} page taken',
  review_other: 'Look at the {{count}} pages taken',
  taken: 'Page {{count}} taken',
  retakeTitle: 'Take this page again',
  /** One line under the picture. */
  hint: {
    starting: 'Starting the camera…',
    tooDark: 'Too dark. Find more light',
    noPage: 'No page found yet',
    wholePage: 'Show the whole page',
    moveCloser: 'Move closer',
    holdStill: 'Hold still',
    ready: 'Looks good. Press the round button',
    counting: 'Hold still. Taking the picture',
    another: 'Taken. Show the next page',
    saving: 'Keeping the picture…',
    blind: 'The page cannot be outlined right now. The button still takes the picture',
  },
  /** Why there is no camera picture, and what to do. */
  problem: {
    refused: {
      title: 'The camera is not allowed',
      help: 'Allow the camera for this page in your browser’s settings, then try again. Or choose photos that you already have.',
    },
    none: {
      title: 'No camera found',
      help: 'Connect a camera and it starts by itself. Or choose photos that you already have.',
    },
    busy: {
      title: 'Another app is using the camera',
      help: 'Close the app or the tab that has it, then try again. Or choose photos that you already have.',
    },
    withdrawn: {
      title: 'The camera went away',
      help: 'It was unplugged, taken by a call, or is no longer allowed. What you took is kept. Try again, or choose photos.',
    },
    unsupported: {
      title: 'This browser gives no camera here',
      help: 'Open the page at an address that begins with https, or choose photos that you already have.',
    },
    unknown: {
      title: 'The camera did not start',
      help: 'Try again. If it stays like this, choose photos that you already have.',
    },
  },
  permission: 'Allow the camera when your browser asks. Pictures stay on this device.',
  resting: 'The camera is off while you are away.',
  notTaken: 'The picture could not be taken. Try again.',
} as const;
