import { describe, expect, it } from 'vitest';
import { fileNameOf, safeFileName } from './file-name.ts';

describe('fileNameOf', () => {
  it.each([
    ['Math homework', 'Math homework.pdf'],
    ['Grade 7/8: "Science"?', 'Grade 7 8 Science.pdf'],
    ['../../etc/passwd', 'etc passwd.pdf'],
    ['  ..dots and spaces.. ', 'dots and spaces.pdf'],
    ['Niño – 科学 ✓', 'Niño – 科学 ✓.pdf'],
    ['line\nbreak\u0000\u202Egpj', 'line break gpj.pdf'],
    ['CON', '_CON.pdf'],
    ['lpt1.txt', '_lpt1.txt.pdf'],
    ['Console', 'Console.pdf'],
    ['...', 'Papel.pdf'],
    ['', 'Papel.pdf'],
  ])('the file of %j is called %j', (title, expected) => {
    expect(fileNameOf(title, 'Papel', 'pdf')).toBe(expected);
  });

  it('cuts long names between characters', () => {
    const name = safeFileName('ñ😀'.repeat(100), 'Papel');
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
    expect(Buffer.byteLength(name)).toBeGreaterThan(170);
    expect(() => encodeURIComponent(name), 'no half of a surrogate pair').not.toThrow();
  });
});
