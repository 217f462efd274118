import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { namePictures, zipPictures } from './name-pictures.ts';

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
