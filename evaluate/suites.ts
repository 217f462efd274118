import { charactersSuite } from './characters/characters-suite.ts';
import { documentsSuite } from './documents/documents-suite.ts';
import { facesSuite } from './faces/faces-suite.ts';
import { sheetsSuite } from './sheets/sheets-suite.ts';
import type { Suite } from './suite.ts';
import { textSuite } from './text/text-suite.ts';

/** Every suite by the name that the command line calls it. A new one is added here and nowhere else. */
export const suites: Readonly<Record<string, Suite>> = {
  characters: charactersSuite,
  documents: documentsSuite,
  faces: facesSuite,
  sheets: sheetsSuite,
  text: textSuite,
};
