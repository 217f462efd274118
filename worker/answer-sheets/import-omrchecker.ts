import * as v from 'valibot';
import type { Fiducial, SheetBlock, SheetDesign, SheetField, SheetLocation } from '#contract/sheets.ts';
import {
  blockSchema,
  fieldTypes,
  markerOptions,
  referenceOptions,
  renamedKeys,
  templateSchema,
} from './omrchecker-schema.ts';
import {
  expandRange,
  mostBubbles,
  parse,
  readJson,
  resolvePath,
  UnusableTemplate,
  type TemplateFolder,
} from './omrchecker-files.ts';

export interface ImportedSheet<Picture> {
  readonly design: SheetDesign<Picture>;
  /** What the template asks for and this app does not do, one named thing each; reading goes on without it. */
  readonly unsupported: readonly string[];
}

type Template = v.InferOutput<typeof templateSchema>;
type Block = v.InferOutput<typeof blockSchema>;

/** Of these only the effect counts, and evening out light and comparing with neighbours has it. */
const filters = new Set(['Levels', 'MedianBlur', 'GaussianBlur']);

const templateKeys = new Set([
  'pageDimensions',
  'bubbleDimensions',
  'preProcessors',
  'fieldBlocks',
  'emptyValue',
  'customLabels',
  'outputColumns',
]);

const blockKeys = new Set([
  'origin',
  'bubblesGap',
  'labelsGap',
  'fieldLabels',
  'fieldType',
  'bubbleValues',
  'direction',
  'bubbleDimensions',
  'emptyValue',
]);

/**
 * Reads a template of OMRChecker (github.com/Udayraj123/OMRChecker, `template.json`; keys of its development branch are
 * understood where they only have other names).
 *
 * @param path of the template, from the root of the import.
 * @throws UnusableTemplate naming the key that is missing or wrong.
 */
export function importOmrChecker<Picture>(folder: TemplateFolder<Picture>, path: string): ImportedSheet<Picture> {
  const unsupported: string[] = [];
  const template = parse(templateSchema, renameKeys(readJson(folder, path)), path);
  noteOtherKeys(template, templateKeys, '', unsupported);
  const blocks: SheetBlock[] = [];
  let bubbles = 0;
  for (const [name, raw] of Object.entries(template.fieldBlocks)) {
    const at = `${path}: fieldBlocks.${name}`;
    const kind = raw['fieldDetectionType'];
    if (kind !== undefined && kind !== 'BUBBLES_THRESHOLD') {
      unsupported.push(`fieldBlocks.${name}: fieldDetectionType ${JSON.stringify(kind)}`);
      continue;
    }
    const block = parse(blockSchema, renameKeys(raw), at);
    noteOtherKeys(block, blockKeys, `fieldBlocks.${name}: `, unsupported);
    const fields = fieldsOf(block, template, at);
    bubbles += fields.reduce((sum, field) => sum + field.bubbles.length, 0);
    if (bubbles > mostBubbles) throw new UnusableTemplate(`${at}: more than ${mostBubbles} bubbles`);
    blocks.push({ name, fields });
  }
  const labels = blocks.flatMap(({ fields }) => fields.map(({ label }) => label));
  if (labels.length === 0) throw new UnusableTemplate(`${path}: fieldBlocks: no block that can be read`);
  const twice = labels.find((label, at) => labels.indexOf(label) !== at);
  if (twice !== undefined) throw new UnusableTemplate(`${path}: fieldLabels: ${twice} is there twice`);
  const customLabels = customLabelsOf(template, new Set(labels), path);
  const [width, height] = template.pageDimensions;
  return {
    design: {
      name: path.split('/').slice(-2, -1)[0] ?? path,
      unit: 'pixel',
      size: { width, height },
      location: locationOf(folder, template, path, unsupported),
      blocks,
      customLabels,
      outputColumns: columnsOf(template, labels, customLabels, path),
    },
    unsupported,
  };
}

/** The same object with the keys that the releases use. */
function renameKeys(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [renamedKeys.get(key) ?? key, value]));
}

function noteOtherKeys(object: object, known: ReadonlySet<string>, at: string, unsupported: string[]): void {
  for (const key of Object.keys(object)) {
    if (!known.has(key) && key !== 'fieldDetectionType') unsupported.push(`${at}${key}`);
  }
}

/** Positions are rounded as OMRChecker rounds them. */
function fieldsOf(block: Block, template: Template, at: string): readonly SheetField[] {
  const known = block.fieldType === undefined ? undefined : fieldTypes.get(block.fieldType);
  if (block.fieldType !== undefined && known === undefined)
    throw new UnusableTemplate(`${at}: fieldType: ${block.fieldType} is not known`);
  const values = block.bubbleValues ?? known?.values;
  const direction = block.direction ?? known?.direction;
  if (values === undefined || direction === undefined)
    throw new UnusableTemplate(`${at}: either fieldType or both bubbleValues and direction are needed`);
  const [width, height] = block.bubbleDimensions ?? template.bubbleDimensions;
  const [left, top] = block.origin;
  return block.fieldLabels
    .flatMap((label) => expandRange(label, at))
    .map((label, row) => ({
      label,
      kind: block.fieldType?.startsWith('QTYPE_INT') ? ('digits' as const) : ('single' as const),
      emptyValue: block.emptyValue ?? template.emptyValue,
      bubbles: values.map((value, column) => {
        const along = column * block.bubblesGap;
        const across = row * block.labelsGap;
        const bubble = {
          left: Math.round(left + (direction === 'horizontal' ? along : across)),
          top: Math.round(top + (direction === 'horizontal' ? across : along)),
          width,
          height,
        };
        refuseOutside(bubble, template, `${at}: ${label} ${value}`);
        return { value, ...bubble };
      }),
    }));
}

function refuseOutside(
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
  { pageDimensions }: Template,
  at: string,
): void {
  if (left >= 0 && top >= 0 && left + width <= pageDimensions[0] && top + height <= pageDimensions[1]) return;
  throw new UnusableTemplate(`${at}: lies outside pageDimensions`);
}

function customLabelsOf(
  { customLabels }: Template,
  labels: ReadonlySet<string>,
  path: string,
): SheetDesign['customLabels'] {
  return Object.entries(customLabels).map(([label, strings]) => {
    const at = `${path}: customLabels.${label}`;
    const parts = strings.flatMap((text) => expandRange(text, at));
    const unknown = parts.find((part) => !labels.has(part));
    if (unknown !== undefined) throw new UnusableTemplate(`${at}: ${unknown} is no field`);
    return { label, parts };
  });
}

function columnsOf(
  { outputColumns }: Template,
  labels: readonly string[],
  customLabels: SheetDesign['customLabels'],
  path: string,
): readonly string[] {
  const parts = new Set(customLabels.flatMap((custom) => custom.parts));
  const all = [...labels.filter((label) => !parts.has(label)), ...customLabels.map(({ label }) => label)];
  if (outputColumns.length === 0) {
    const naturally = new Intl.Collator('en', { numeric: true });
    return all.toSorted((a, b) => naturally.compare(a, b));
  }
  const columns = outputColumns.flatMap((text) => expandRange(text, `${path}: outputColumns`));
  const unknown = columns.find((column) => !all.includes(column));
  if (unknown !== undefined)
    throw new UnusableTemplate(`${path}: outputColumns: ${unknown} is neither field nor label`);
  return columns;
}

/** The frame that the last of the preprocessors which change it leaves. */
function locationOf<Picture>(
  folder: TemplateFolder<Picture>,
  template: Template,
  path: string,
  unsupported: string[],
): SheetLocation<Picture> {
  let location: SheetLocation<Picture> = { by: 'bubbles' };
  template.preProcessors.forEach(({ name, options }, index) => {
    const at = `${path}: preProcessors[${index}] ${name}`;
    if (name === 'CropPage') location = { by: 'page-outline' };
    else if (name === 'CropOnMarkers' && 'type' in options && options['type'] !== 'FOUR_MARKERS')
      unsupported.push(`preProcessors: ${name} type ${JSON.stringify(options['type'])}`);
    else if (name === 'CropOnMarkers') {
      const { relativePath, sheetToMarkerWidthRatio } = parse(markerOptions, renameKeys(options), at);
      const picture = readPicture(folder, path, relativePath, at);
      location = markersInCorners(template, picture, sheetToMarkerWidthRatio);
    } else if (name === 'FeatureBasedAlignment') {
      const { reference } = parse(referenceOptions, renameKeys(options), at);
      location = { by: 'reference-picture', picture: readPicture(folder, path, reference, at) };
      // The bubbles say where the sheet lies; its print is not matched to the reference's.
      unsupported.push(`preProcessors: ${name} (the outline of the page instead)`);
    } else if (!filters.has(name)) unsupported.push(`preProcessors: ${name}`);
  });
  return location;
}

/** The frame's corners are the centres of the markers. */
function markersInCorners<Picture>(
  { pageDimensions: [width, height] }: Template,
  picture: Picture,
  sheetToMarkerWidthRatio: number,
): SheetLocation<Picture> {
  const corners = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ] as const;
  const markWidth = width / sheetToMarkerWidthRatio;
  return {
    by: 'fiducials',
    fiducials: corners.map(([x, y]): Fiducial<Picture> => ({ kind: 'picture', x, y, width: markWidth, picture })),
  };
}

function readPicture<Picture>(folder: TemplateFolder<Picture>, path: string, relative: string, at: string): Picture {
  const file = resolvePath(path, relative);
  const picture = folder.picture(file);
  if (picture === undefined) throw new UnusableTemplate(`${at}: ${file} is not there`);
  return picture;
}
