import { describe, expect, test } from 'vitest';
import { chooseParts } from './warm-up.ts';

describe('what is fetched in the background', () => {
  test('no engine and no network before somebody wishes it or uses it', () => {
    expect(chooseParts({ wishes: {}, parts: [] }, [])).toEqual(['screens']);
    expect(chooseParts({ wishes: {}, parts: ['screens'] }, ['screens'])).toEqual(['screens']);
  });

  test('what the user wishes to keep, with all that it needs', () => {
    expect(chooseParts({ wishes: { scan: 'keep', import: 'keep' }, parts: [] }, [])).toEqual([
      'screens',
      'scan',
      'import',
    ]);
    expect(chooseParts({ wishes: { sheets: 'keep' }, parts: [] }, [])).toEqual(['screens', 'scan', 'sheets']);
    expect(chooseParts({ wishes: { text: 'keep' }, parts: [] }, [])).toEqual(['screens', 'scan', 'text']);
    expect(chooseParts({ wishes: { import: 'keep' }, parts: [] }, [])).toEqual(['screens', 'import']);
  });

  test('the rest of what was used, and not what was not', () => {
    expect(chooseParts({ wishes: {}, parts: ['screens'] }, ['scan'])).toEqual(['screens', 'scan']);
    expect(chooseParts({ wishes: {}, parts: ['screens'] }, ['scan', 'sheets'])).toEqual(['screens', 'scan', 'sheets']);
    expect(chooseParts({ wishes: {}, parts: ['screens'] }, ['scan', 'faces'])).toEqual(['screens', 'scan', 'faces']);
  });

  test('what the device had before, through an update that renames all files', () => {
    expect(chooseParts({ wishes: {}, parts: ['screens', 'scan', 'sheets'] }, [])).toEqual([
      'screens',
      'scan',
      'sheets',
    ]);
  });

  test('nothing that the user has removed', () => {
    expect(chooseParts({ wishes: { scan: 'remove' }, parts: ['screens'] }, ['scan'])).toEqual(['screens']);
    expect(chooseParts({ wishes: { sheets: 'remove' }, parts: [] }, ['scan', 'sheets'])).toEqual(['screens', 'scan']);
    expect(chooseParts({ wishes: { text: 'remove' }, parts: ['text'] }, ['scan', 'text'])).toEqual(['screens', 'scan']);
    expect(chooseParts({ wishes: { scan: 'remove', import: 'remove' }, parts: [] }, ['sheets'])).toEqual(['screens']);
  });
});
