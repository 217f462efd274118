/** The crop editor. */
export const crop = {
  title: 'Crop the page',
  stage: 'Photo with the outline of the page',
  help: 'Drag the corners and sides to the edges of the page.',
  keys: 'Keyboard: Tab to a handle, then the arrow keys. Shift moves further, R resets, W takes the whole photo, Escape leaves.',
  corner: {
    topLeft: 'Top left corner',
    topRight: 'Top right corner',
    bottomRight: 'Bottom right corner',
    bottomLeft: 'Bottom left corner',
  },
  side: {
    top: 'Top side',
    right: 'Right side',
    bottom: 'Bottom side',
    left: 'Left side',
  },
  position: '{{across}} from the left, {{down}} from the top',
  reset: 'Reset',
  wholePhoto: 'Whole photo',
  rotate: 'Rotate',
  undo: 'Undo',
  redo: 'Redo',
  preview: 'The page as it will be',
  noPage: 'No page was found. Drag the corners to it.',
  wasReset: 'The outline is reset',
  wasWhole: 'The whole photo is taken',
} as const;
