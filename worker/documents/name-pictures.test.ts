import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { namePictures, safeFileName, zipPictures } from './name-pictures.ts';

describe('safeFileName', () => {
  it.each([
    ['Math homework', 'Math homework'],
    ['Grade 7/8: "Science"?', 'Grade 7-8- -Science--'],
    ['../../etc/passwd', '-..-etc-passwd'],
    ['  ..dots and spaces.. ', 'dots and spaces'],
    ['Niño – 科学 ✓', 'Niño – 科学 ✓'],
    ['line\nbreak\u0000\u202Egpj', 'linebreakgpj'],
    ['CON', '_CON'],
    ['lpt1.txt', '_lpt1.txt'],
    ['Console', 'Console'],
    ['...', 'Papel'],
    ['', 'Papel'],
  ])('%j becomes %j', (name, expected) => {
    expect(safeFileName(name, 'Papel')).toBe(expected);
  });

  it('cuts long names between characters', () => {
    const name = safeFileName('ñ😀'.repeat(100), 'Papel');
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
    expect(Buffer.byteLength(name)).toBeGreaterThan(170);
    expect(() => encodeURIComponent(name), 'no half of a surrogate pair').not.toThrow();
  });
});

describe('namePictures', () => {
  it('numbers several pictures so that they sort', () => {
    expect(namePictures('Lab', 1, 'jpeg', 'Papel')).toEqual(['Lab.jpg']);
    expect(namePictures('Lab', 3, 'png', 'Papel')).toEqual(['Lab - 01.png', 'Lab - 02.png', 'Lab - 03.png']);
    const many = namePictures('Lab', 120, 'jpeg', 'Papel');
    expect([many[0], many[119]]).toEqual(['Lab - 001.jpg', 'Lab - 120.jpg']);
    expect(many.toSorted()).toEqual(many);
  });
});

describe('zipPictures', () => {
  it('stores pictures as they are, under names of any script', () => {
    const files = [
      { name: 'Ñandú - 01.jpg', bytes: Uint8Array.of(1, 2, 3) },
      { name: '科学 - 02.jpg', bytes: new Uint8Array(5000).fill(7) },
    ];
    const zip = zipPictures(files, new Date('2026-11-23T08:00:00Z'));
    expect(zip.length).toBeGreaterThan(5003);
    const entries = unzipSync(zip);
    expect(Object.keys(entries)).toEqual(files.map(({ name }) => name));
    for (const { name, bytes } of files) expect(entries[name]).toEqual(bytes);
  });
});
