import { expect, it } from 'vitest';
import { Tesseract, type TesseractModule } from './tesseract.ts';

const picture = { width: 2, height: 1, values: Uint8Array.of(0, 255) };

/** A module that does what is asked of it, but for what is given. */
function fakeModule(overrides: Partial<InstanceType<TesseractModule['TessBaseAPI']>> = {}) {
  const files = new Map<string, Uint8Array>();
  const started: string[] = [];
  class TessBaseAPI {
    Init = (_folder: null, languages: string) => {
      started.push(languages);
      return languages.includes('xxx') ? -1 : 0;
    };
    SetVariable = () => true;
    SetImageFile = () => 0;
    Recognize = () => 0;
    GetJSONText = () => '{"blocks":null}';
    Version = () => '5.1.0-288-g2a9c1';
    Clear = () => {};
    End = () => {};
    constructor() {
      Object.assign(this, overrides);
    }
  }
  const FS = {
    writeFile: (path: string, content: Uint8Array) => void files.set(path, content),
    unlink: (path: string) => void files.delete(path),
  };
  return { module: { TessBaseAPI, FS }, files, started };
}

const start = (overrides = {}) => {
  const fake = fakeModule(overrides);
  return { ...fake, tesseract: new Tesseract(fake.module, { progress: () => {} }, 'simd') };
};

it('starts once for the same languages, and keeps their files', () => {
  const { tesseract, started, files } = start();
  expect(tesseract.name).toBe('tesseract 5.1.0 simd');
  tesseract.useLanguages(['eng'], [{ code: 'eng', content: Uint8Array.of(1) }]);
  tesseract.useLanguages(['eng'], []);
  tesseract.useLanguages(['eng', 'fil'], [{ code: 'fil', content: Uint8Array.of(2) }]);
  expect(started).toEqual(['eng', 'eng+fil']);
  expect(tesseract.has('fil')).toBe(true);
  expect(tesseract.recognise(picture, { segmentation: 'block' })).toEqual([]);
  expect([...files.keys()]).toEqual(['eng.traineddata', 'fil.traineddata']);
});

it('says what it cannot read with', () => {
  const { tesseract } = start();
  expect(() => tesseract.useLanguages(['xxx'], [])).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ code: 'language-unavailable' }) }),
  );
});

it.each([
  {
    Recognize: () => {
      throw new Error('Aborted(). Build with -sASSERTIONS for more info.');
    },
  },
  { SetImageFile: () => 1 },
])('says that it ran out of memory', (overrides) => {
  const { tesseract } = start(overrides);
  tesseract.useLanguages(['eng'], []);
  expect(() => tesseract.recognise(picture, { segmentation: 'block' })).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ code: 'out-of-memory' }) }),
  );
});
