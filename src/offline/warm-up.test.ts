import { describe, expect, test } from 'vitest';
import { chooseParts, isDataDear } from './warm-up.ts';

describe('what is fetched without being asked', () => {
  test('everything that a scan needs, where the line is not known to be dear', () => {
    expect(chooseParts({ wish: 'automatic', parts: [] }, {})).toEqual(['screens', 'scan']);
    expect(chooseParts({ wish: 'automatic', parts: [] }, { type: 'wifi', effectiveType: '4g' })).toEqual([
      'screens',
      'scan',
    ]);
  });

  test.each([{ saveData: true }, { type: 'cellular' }, { effectiveType: '2g' }, { effectiveType: 'slow-2g' }])(
    'only the small screens on %j',
    (line) => {
      expect(isDataDear(line)).toBe(true);
      expect(chooseParts({ wish: 'automatic', parts: [] }, line)).toEqual(['screens']);
    },
  );

  test('a device that could scan offline is brought up to date on a dear line too', () => {
    expect(chooseParts({ wish: 'automatic', parts: ['screens', 'scan'] }, { type: 'cellular' })).toContain('scan');
  });

  test('the wish of the user comes first', () => {
    expect(chooseParts({ wish: 'everything', parts: [] }, { saveData: true })).toEqual(['screens', 'scan', 'import']);
    expect(chooseParts({ wish: 'nothing', parts: [] }, { type: 'wifi' })).toEqual(['screens']);
  });
});
