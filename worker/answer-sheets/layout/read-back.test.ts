import { describe, expect, it } from 'vitest';
import type { LaidOutPage, SheetDesign } from '#contract/sheets.ts';
import type { RgbaImage } from '#contract/images.ts';
import { loadOpenCvInNode } from '#worker/vision/opencv-in-node.ts';
import { projectPoint, type Homography } from '#worker/vision/geometry.ts';
import { greyPlane } from '#worker/vision/grey-plane.ts';
import { findArucoFrame } from '../find-aruco.ts';
import { readSheet } from '../read-sheet.ts';
import { layOutSheet } from './lay-out-sheet.ts';
import { drawPage } from './testing/draw-page.ts';
import { planOf } from './testing/random-plans.ts';

/** A photo of two megapixels that an A4 sheet fills. */
const pixelsPerMm = 5.4;

const nowhere: Homography = [0, 0, 0, 0, 0, 0, 0, 0, 1];

function firstPage(...of: Parameters<typeof planOf>): LaidOutPage & { design: SheetDesign<RgbaImage> } {
  const [page] = layOutSheet(planOf(...of));
  if (page === undefined) throw new Error('A sheet has a page');
  const { location } = page.design;
  const fiducials = location.by === 'fiducials' ? location.fiducials.filter((mark) => mark.kind === 'aruco') : [];
  return { ...page, design: { ...page.design, location: { by: 'fiducials', fiducials } } };
}

describe.each(['a4', 'letter', 'a5'] as const)('a sheet on %s', (paper) => {
  it('has marks that OpenCV knows, each of its own', async () => {
    const { cv } = await loadOpenCvInNode();
    const page = firstPage(10, { kind: 'single', options: 4 }, { paper });
    const { location } = page.design;
    const fiducials = location.by === 'fiducials' ? location.fiducials : [];
    expect(fiducials).toHaveLength(8);
    const picture = greyPlane(drawPage(page, pixelsPerMm));
    const [first, second] = fiducials;
    for (const mark of fiducials) {
      // Two are needed: each is found together with one other. Corners are found to a pixel, which is 0.2 mm here.
      const pair = [first === mark ? second : first, mark].filter((each) => each !== undefined);
      const { x, y } = projectPoint(findArucoFrame(cv, picture, pair) ?? nowhere, mark);
      expect(Math.hypot(x / pixelsPerMm - mark.x, y / pixelsPerMm - mark.y)).toBeLessThan(0.3);
    }
  });

  it('is read where it was printed', async () => {
    const { cv } = await loadOpenCvInNode();
    const page = firstPage(40, { kind: 'single', options: 4 }, { paper });
    const marked = Array.from({ length: 30 }, (_, at) => `q${at + 1} ${'ABCD'.charAt((at * 7) % 4)}`);
    const reading = readSheet(
      cv,
      drawPage(page, pixelsPerMm, marked),
      page.design,
      () => [],
      () => undefined,
    );
    if (!reading.found) throw new Error(reading.reason);
    const places = new Map(page.design.blocks.flatMap(({ fields }) => fields.map((field) => [field.label, field])));
    const off = reading.fields.flatMap(({ label, bubbles }) =>
      bubbles.map(({ center }, at) => {
        const { left = 0, top = 0, width = 0, height = 0 } = places.get(label)?.bubbles[at] ?? {};
        return Math.hypot(center.x / pixelsPerMm - left - width / 2, center.y / pixelsPerMm - top - height / 2);
      }),
    );
    expect(Math.max(...off)).toBeLessThan(0.2);
    const read = reading.fields.flatMap(({ label, value, state }) => (state === 'marked' ? [`${label} ${value}`] : []));
    expect(read).toEqual(expect.arrayContaining(marked));
    expect(read).toHaveLength(marked.length);
    expect(reading.flagged).toEqual([]);
  });
});
