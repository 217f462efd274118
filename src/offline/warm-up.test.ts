import { describe, expect, test } from 'vitest';
import { chooseParts, isDataDear } from './warm-up.ts';

describe('what is fetched without being asked', () => {
  test('everything that a scan needs, where the line is not known to be dear', () => {
    expect(chooseParts({ wishes: {}, parts: [] }, {}, false)).toEqual(['screens', 'scan']);
    expect(chooseParts({ wishes: {}, parts: [] }, { type: 'wifi', effectiveType: '4g' }, false)).toEqual([
      'screens',
      'scan',
    ]);
  });

  test.each([{ saveData: true }, { type: 'cellular' }, { effectiveType: '2g' }, { effectiveType: 'slow-2g' }])(
    'only the small screens on %j',
    (line) => {
      expect(isDataDear(line)).toBe(true);
      expect(chooseParts({ wishes: {}, parts: [] }, line, false)).toEqual(['screens']);
    },
  );

  test('a device that could scan offline is brought up to date on a dear line too', () => {
    expect(chooseParts({ wishes: {}, parts: ['screens', 'scan'] }, { type: 'cellular' }, false)).toContain('scan');
  });

  test('a device that has scanned on a dear line keeps what that took', () => {
    expect(chooseParts({ wishes: {}, parts: ['screens'] }, { type: 'cellular' }, true)).toContain('scan');
    expect(chooseParts({ wishes: { scan: 'remove' }, parts: ['screens'] }, { type: 'wifi' }, true)).toEqual([
      'screens',
    ]);
  });

  test('the wish of the user comes first', () => {
    expect(chooseParts({ wishes: { scan: 'keep', import: 'keep' }, parts: [] }, { saveData: true }, false)).toEqual([
      'screens',
      'scan',
      'import',
    ]);
    expect(chooseParts({ wishes: { scan: 'remove', import: 'remove' }, parts: [] }, { type: 'wifi' }, false)).toEqual([
      'screens',
    ]);
    expect(chooseParts({ wishes: { import: 'keep' }, parts: [] }, { saveData: true }, false)).toEqual([
      'screens',
      'import',
    ]);
  });
});
