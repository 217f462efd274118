import { describe, expect, test } from 'vitest';
import { chooseParts, isDataDear } from './warm-up.ts';

describe('what is fetched without being asked', () => {
  test('everything that scans and answer sheets need, where the line is not known to be dear', () => {
    expect(chooseParts({ wishes: {}, parts: [] }, {}, [])).toEqual(['screens', 'scan', 'sheets']);
    expect(chooseParts({ wishes: {}, parts: [] }, { type: 'wifi', effectiveType: '4g' }, [])).toEqual([
      'screens',
      'scan',
      'sheets',
    ]);
  });

  test.each([{ saveData: true }, { type: 'cellular' }, { effectiveType: '2g' }, { effectiveType: 'slow-2g' }])(
    'only the small screens on %j',
    (line) => {
      expect(isDataDear(line)).toBe(true);
      expect(chooseParts({ wishes: {}, parts: [] }, line, [])).toEqual(['screens']);
    },
  );

  test('what reads text comes by wish or by use only, and stays', () => {
    expect(chooseParts({ wishes: {}, parts: [] }, {}, [])).not.toContain('text');
    expect(chooseParts({ wishes: { text: 'keep' }, parts: [] }, { type: 'cellular' }, [])).toContain('text');
    expect(chooseParts({ wishes: {}, parts: [] }, { type: 'cellular' }, ['text'])).toContain('text');
    expect(chooseParts({ wishes: { text: 'remove' }, parts: ['text'] }, {}, ['text'])).not.toContain('text');
  });

  test('a device that could scan offline is brought up to date on a dear line too', () => {
    expect(chooseParts({ wishes: {}, parts: ['screens', 'scan'] }, { type: 'cellular' }, [])).toContain('scan');
  });

  test('a device that has scanned on a dear line keeps what that took', () => {
    expect(chooseParts({ wishes: {}, parts: ['screens'] }, { type: 'cellular' }, ['scan'])).toEqual([
      'screens',
      'scan',
    ]);
    expect(chooseParts({ wishes: { scan: 'remove' }, parts: ['screens'] }, { type: 'wifi' }, ['scan'])).toEqual([
      'screens',
    ]);
  });

  test('the wish of the user comes first', () => {
    expect(chooseParts({ wishes: { scan: 'keep', import: 'keep' }, parts: [] }, { saveData: true }, [])).toEqual([
      'screens',
      'scan',
      'import',
    ]);
    expect(chooseParts({ wishes: { scan: 'remove', import: 'remove' }, parts: [] }, { type: 'wifi' }, [])).toEqual([
      'screens',
    ]);
    expect(chooseParts({ wishes: { import: 'keep' }, parts: [] }, { saveData: true }, [])).toEqual([
      'screens',
      'import',
    ]);
  });

  test('a device that has read answer sheets on a dear line goes on doing so', () => {
    const used = ['scan', 'sheets'] as const;
    expect(chooseParts({ wishes: {}, parts: ['screens'] }, { type: 'cellular' }, used)).toEqual([
      'screens',
      'scan',
      'sheets',
    ]);
  });

  test('answer sheets bring along what they share with scans, and are not fetched for nothing without it', () => {
    expect(chooseParts({ wishes: { sheets: 'keep' }, parts: [] }, { saveData: true }, [])).toEqual([
      'screens',
      'scan',
      'sheets',
    ]);
    expect(chooseParts({ wishes: { sheets: 'remove' }, parts: [] }, {}, [])).toEqual(['screens', 'scan']);
    expect(chooseParts({ wishes: { scan: 'remove' }, parts: [] }, {}, [])).toEqual(['screens']);
  });
});
