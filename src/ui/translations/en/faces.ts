/** Faces: found and counted on the device, never recognised. */
export const faces = {
  title: 'Faces',
  /** What it does and does not do, in one sentence for a child. */
  promise:
    'Papel finds where faces are in a picture, it never knows whose they are, no picture leaves this device, and nothing is kept unless you save it.',
  help: 'For hiding faces in photos, for the presence check and for ID photos. You can turn it off again at any time.',
  switch: 'Find faces',
  askTitle: 'Let Papel find faces?',
  agree: 'I am {{age}} or older, or a parent agreed',
  gate: {
    title: 'Papel does not look for faces yet',
    later: 'You can turn it off again in the settings.',
    toTools: 'Back to the tools',
    off: 'Face detection is off {{place}} until your school turns it on.',
  },
} as const;
