/** The list of tools. */
export const tools = {
  title: 'Tools',
  none: 'No tool is switched on here',
  noneHelp: 'Settings show what Papel can do where you are, and who decides.',
  more: 'Tools for faces can be switched on in the settings.',
  toSettings: 'Go to the settings',
  readText: { title: 'Read text', text: 'Make the words on your pages ones that can be searched, copied and saved.' },
  readBoxes: { title: 'Read boxes', text: 'Read what is written in the boxes of any form, and save it as a table.' },
  hideFaces: { title: 'Hide faces', text: 'Cover the faces in photos before you share them.' },
  presence: { title: 'Presence check', text: 'See how many faces the camera sees, before an online task.' },
  idPhoto: { title: 'ID photo', text: 'Cut a photo to the size of an ID, and print it.' },
} as const;
