/** How a page looks after cleaning. */
export const looks = {
  original: 'As photographed',
  colour: 'Color',
  grey: 'Gray',
  'black-and-white': 'Black and white',
  whiteboard: 'Whiteboard',
} as const;
