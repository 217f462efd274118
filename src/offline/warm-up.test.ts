import { describe, expect, test } from 'vitest';
import { chooseParts, isDataDear } from './warm-up.ts';

describe('what is fetched without being asked', () => {
  test('everything that a scan needs, where the line is not known to be dear', () => {
    expect(chooseParts({ wish: 'automatic', parts: [] }, {}, false)).toEqual(['screens', 'scan']);
    expect(chooseParts({ wish: 'automatic', parts: [] }, { type: 'wifi', effectiveType: '4g' }, false)).toEqual([
      'screens',
      'scan',
    ]);
  });

  test.each([{ saveData: true }, { type: 'cellular' }, { effectiveType: '2g' }, { effectiveType: 'slow-2g' }])(
    'only the small screens on %j',
    (line) => {
      expect(isDataDear(line)).toBe(true);
      expect(chooseParts({ wish: 'automatic', parts: [] }, line, false)).toEqual(['screens']);
    },
  );

  test('a device that could scan offline is brought up to date on a dear line too', () => {
    expect(chooseParts({ wish: 'automatic', parts: ['screens', 'scan'] }, { type: 'cellular' }, false)).toContain(
      'scan',
    );
  });

  test('a device that has scanned on a dear line keeps what that took', () => {
    expect(chooseParts({ wish: 'automatic', parts: ['screens'] }, { type: 'cellular' }, true)).toContain('scan');
    expect(chooseParts({ wish: 'nothing', parts: ['screens'] }, { type: 'wifi' }, true)).toEqual(['screens']);
  });

  test('the wish of the user comes first', () => {
    expect(chooseParts({ wish: 'everything', parts: [] }, { saveData: true }, false)).toEqual([
      'screens',
      'scan',
      'import',
    ]);
    expect(chooseParts({ wish: 'nothing', parts: [] }, { type: 'wifi' }, false)).toEqual(['screens']);
  });
});
