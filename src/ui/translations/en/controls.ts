/** What the same buttons say everywhere. */
export const controls = {
  appName: 'Papel',
  close: 'Close',
  cancel: 'Cancel',
  undo: 'Undo',
  delete: 'Delete',
  save: 'Save',
  done: 'Done',
  tryAgain: 'Try again',
  rename: 'Rename',
  remove: 'Remove',
  more: 'More',
  increase: 'One more: {{label}}',
  decrease: 'One less: {{label}}',
  notices: 'Notices',
  loading: 'One moment…',
} as const;
