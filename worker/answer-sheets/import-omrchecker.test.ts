import { describe, expect, it } from 'vitest';
import { importOmrChecker } from './import-omrchecker.ts';
import { UnusableTemplate } from './omrchecker-files.ts';

const template = {
  pageDimensions: [300, 400],
  bubbleDimensions: [20, 10],
  preProcessors: [{ name: 'CropPage', options: { morphKernel: [10, 10] } }],
  fieldBlocks: {
    Questions: { fieldType: 'QTYPE_MCQ4', origin: [50.4, 60], bubblesGap: 30.2, labelsGap: 25, fieldLabels: ['q1..3'] },
    Roll: { fieldType: 'QTYPE_INT', origin: [200, 60], bubblesGap: 20, labelsGap: 30, fieldLabels: ['r1...2'] },
  },
  customLabels: { Roll: ['r1..2'] },
};

const folderOf = (files: Record<string, unknown>) => ({
  text: (path: string) => (path in files ? JSON.stringify(files[path]) : undefined),
  picture: (path: string) => (path in files ? path : undefined),
});

const imported = (changes: object, files: Record<string, unknown> = {}) =>
  importOmrChecker(folderOf({ 'exam/template.json': { ...template, ...changes }, ...files }), 'exam/template.json');

describe('a template', () => {
  it('becomes blocks of fields, its ranges expanded and positions rounded', () => {
    const { design, unsupported } = imported({});
    expect(unsupported).toEqual([]);
    expect(design.size).toEqual({ width: 300, height: 400 });
    expect(design.location).toEqual({ by: 'page-outline' });
    const [questions, roll] = design.blocks;
    expect(questions?.fields.map(({ label }) => label)).toEqual(['q1', 'q2', 'q3']);
    expect(questions?.fields[1]?.bubbles.slice(0, 2)).toEqual([
      { value: 'A', left: 50, top: 85, width: 20, height: 10 },
      { value: 'B', left: 81, top: 85, width: 20, height: 10 },
    ]);
    expect(roll?.fields[1]?.kind).toBe('digits');
    expect(roll?.fields[1]?.bubbles[9]).toEqual({ value: '9', left: 230, top: 240, width: 20, height: 10 });
  });

  it('puts custom labels in place of their parts, and columns in natural order', () => {
    const { design } = imported({
      fieldBlocks: {
        ...template.fieldBlocks,
        More: { ...template.fieldBlocks.Questions, origin: [50, 200], fieldLabels: ['q10', 'q9'] },
      },
    });
    expect(design.customLabels).toEqual([{ label: 'Roll', parts: ['r1', 'r2'] }]);
    expect(design.outputColumns).toEqual(['q1', 'q2', 'q3', 'q9', 'q10', 'Roll']);
  });

  it('finds its markers beside it, in the corners of the frame', () => {
    const preProcessors = [{ name: 'CropOnMarkers', options: { relativePath: '../marker.jpg' } }];
    const { location } = imported({ preProcessors }, { 'marker.jpg': {} }).design;
    expect(location.by === 'fiducials' && location.fiducials.map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [300, 0],
      [300, 400],
      [0, 400],
    ]);
    expect(location.by === 'fiducials' && location.fiducials[0]).toMatchObject({ picture: 'marker.jpg' });
  });

  it('is located by its page where it asks for a match with a reference, and says so', () => {
    const preProcessors = [{ name: 'FeatureBasedAlignment', options: { reference: 'form.png' } }];
    const { design, unsupported } = imported({ preProcessors }, { 'exam/form.png': {} });
    expect(design.location).toEqual({ by: 'reference-picture', picture: 'exam/form.png' });
    expect(unsupported).toEqual(['preProcessors: FeatureBasedAlignment (the outline of the page instead)']);
  });

  it('of the development branch is read where only names differ, and the rest is named', () => {
    const { pageDimensions, ...others } = template;
    const folder = folderOf({
      'template.json': {
        ...others,
        templateDimensions: pageDimensions,
        alignment: {},
        preProcessors: [{ name: 'AutoRotate' }],
        fieldBlocks: {
          Questions: { ...template.fieldBlocks.Questions, fieldType: undefined, bubbleFieldType: 'QTYPE_MCQ4' },
          Roll: template.fieldBlocks.Roll,
          Code: { fieldDetectionType: 'BARCODE_QR' },
        },
      },
    });
    const { design, unsupported } = importOmrChecker(folder, 'template.json');
    expect(design.blocks.map(({ name }) => name)).toEqual(['Questions', 'Roll']);
    expect(unsupported).toEqual([
      'alignment',
      'fieldBlocks.Code: fieldDetectionType "BARCODE_QR"',
      'preProcessors: AutoRotate',
    ]);
  });
});

describe('a template is refused, naming the key,', () => {
  const block = template.fieldBlocks.Questions;
  it.each([
    ['without a size', { pageDimensions: undefined }, /pageDimensions/],
    [
      'with a label twice',
      { fieldBlocks: { A: block, B: block, Roll: template.fieldBlocks.Roll } },
      /q1 is there twice/,
    ],
    ['with bubbles outside', { fieldBlocks: { A: { ...block, origin: [290, 60] } } }, /q1 A: lies outside/],
    ['with an unknown type', { fieldBlocks: { A: { ...block, fieldType: 'toString' } } }, /fieldType: toString/],
    ['without values', { fieldBlocks: { A: { ...block, fieldType: undefined } } }, /either fieldType or both/],
    ['with a falling range', { fieldBlocks: { A: { ...block, fieldLabels: ['q9..1'] } } }, /q9\.\.1/],
    ['with an endless range', { fieldBlocks: { A: { ...block, fieldLabels: ['q1..99999999'] } } }, /q1\.\.99999999/],
    ['with a label of no field', { customLabels: { Roll: ['r3'] } }, /customLabels\.Roll: r3/],
    [
      'with a missing marker',
      { preProcessors: [{ name: 'CropOnMarkers', options: { relativePath: 'm.png' } }] },
      /exam\/m\.png/,
    ],
  ])('%s', (_, changes, message) => {
    expect(() => imported(changes)).toThrow(UnusableTemplate);
    expect(() => imported(changes)).toThrow(message);
  });
});
