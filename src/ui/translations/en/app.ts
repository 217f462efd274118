/** What stands around every screen, and the first visit. */
export const app = {
  navigation: 'Main',
  toContent: 'Skip to the content',
  scan: 'Scan',
  library: 'Library',
  sheets: 'Sheets',
  tools: 'Tools',
  settings: 'Settings',
  welcome: {
    title: 'Turn paper into a clean PDF',
    how: 'Point the camera at a page, or choose photos you already have.',
    what: 'Papel finds the page, straightens it and takes the shadows away.',
    where: 'Everything happens on this device. No picture leaves it.',
    scan: 'Scan a page',
    example: 'Look at an example',
    exampleName: 'Example: homework',
  },
  keep: {
    text: 'It works without internet, too, once its tools are here: {{line}} to download, once.',
    kept: 'On this device: scanning and answer sheets work without internet.',
  },
  update: {
    text: 'A new version of Papel is ready.',
    apply: 'Load it now',
    busy: 'A scan is still under way, here or in another tab. Let it finish first.',
  },
  storage: {
    blocked:
      'This browser does not let Papel keep anything, maybe because this is a private window. You can scan and save PDFs, but nothing is here any more once you close this tab.',
    closed: 'Papel was renewed in another tab. Load this page again to go on.',
    reload: 'Load again',
  },
  dropHere: 'Drop photos, PDFs or folders here',
  wrong: {
    title: 'Something went wrong here',
    text: 'What you scanned is kept. Load the page again to go on.',
    reload: 'Load again',
    chunk: 'This part of Papel is not on the device yet. Connect to the internet and load the page again.',
  },
  notFound: {
    title: 'There is nothing at this address',
    text: 'What was here may have been deleted.',
    toLibrary: 'Go to the library',
  },
} as const;
