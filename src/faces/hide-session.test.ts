import { describe, expect, test, vi } from 'vitest';
import type { FoundFace } from '#contract/faces.ts';
import { CodedFailure } from '#contract/failures.ts';
import { photoPoint } from '#contract/images.ts';
import { failing, FakeEngine } from '#src/engine/testing/fake-engine.ts';
import { toggled } from './hide-outlines.ts';
import { createHideSession, isReviewed, type HideSession } from './hide-session.ts';

const photoSize = { width: 640, height: 480 };
const face: FoundFace = {
  box: { x: 100, y: 100, width: 80, height: 100 },
  score: 0.9,
  pose: { eyes: [photoPoint(120, 140), photoPoint(160, 140)], tiltDegrees: 0, sideTurn: 0 },
};

const found = () => ({ photoSize, faces: [face], detector: 'test 1' });
const hidden = () => ({ photo: new Blob(['hidden']), size: photoSize });

function open(answers: ConstructorParameters<typeof FakeEngine>[0] = {}) {
  const engine = new FakeEngine({ 'faces.find': found, 'faces.hide': hidden, ...answers });
  const inspect = async (file: File) => {
    if (file.name.endsWith('.txt')) throw new CodedFailure('unsupported-format', 'text');
    return { kind: file.name.endsWith('.pdf') ? ('pdf' as const) : ('jpeg' as const) };
  };
  return { engine, session: createHideSession({ engine, inspect }) };
}

const file = (name: string) => new File([name], name);
const statesOf = (session: HideSession) => session.getState().pictures.map(({ state }) => state);
const allReady = (session: HideSession) =>
  vi.waitFor(() => expect(new Set(statesOf(session))).toEqual(new Set(['ready'])));

const go = (session: HideSession) => session.hideAll(new AbortController().signal, () => {});

describe('review', () => {
  test('nothing is made before somebody has looked at every picture', async () => {
    const { engine, session } = open();
    await session.addFiles([file('a.jpg'), file('b.jpg')]);
    await allReady(session);
    session.review('picture-1');
    await expect(go(session)).rejects.toThrow('Not every picture');
    expect(engine.started.map(({ job }) => job)).not.toContain('faces.hide');
    session.review('picture-2');
    expect(await go(session)).toHaveLength(2);
  });

  test('a picture that is changed after it was looked at has to be looked at again', async () => {
    const { session } = open();
    await session.addFiles([file('a.jpg')]);
    await allReady(session);
    session.review('picture-1');
    const outlines = session.getState().pictures[0]?.history.present ?? [];
    session.change('picture-1', toggled(outlines, 'found-1'));
    expect(isReviewed(session.getState().pictures)).toBe(false);
  });

  test('a picture cannot be looked at before it is there', async () => {
    const { engine, session } = open();
    engine.hold();
    session.addPhotos([{ file: file('shot'), name: '', kind: 'jpeg' }]);
    session.review('picture-1');
    expect(session.getState().pictures[0]?.isReviewed).toBe(false);
    session.clear();
    expect(session.getState().pictures).toEqual([]);
  });
});

test('what is shown as the preview is the very file that is exported', async () => {
  const { engine, session } = open();
  await session.addFiles([file('a.jpg')]);
  await allReady(session);
  const preview = await session.hide('picture-1');
  session.review('picture-1');
  expect((await go(session))[0]).toBe(preview);
  session.setStyle('solid');
  expect((await go(session))[0]).not.toBe(preview);
  expect(engine.started.filter(({ job }) => job === 'faces.hide').map(({ input }) => input)).toMatchObject([
    { style: 'pixelated', areas: [{ shape: 'ellipse' }] },
    { style: 'solid', areas: [{ shape: 'ellipse' }] },
  ]);
});

test('a face that is not to be hidden is not, and undo brings it back', async () => {
  const { engine, session } = open();
  await session.addFiles([file('a.jpg')]);
  await allReady(session);
  const outlines = session.getState().pictures[0]?.history.present ?? [];
  session.change('picture-1', toggled(outlines, 'found-1'));
  await session.hide('picture-1');
  expect(engine.started.at(-1)?.input).toMatchObject({ areas: [] });
  session.undo('picture-1');
  await session.hide('picture-1');
  expect(engine.started.at(-1)?.input).toMatchObject({ areas: [{}] });
});

test('files that are no pictures are refused by name; a PDF becomes its pages', async () => {
  const { engine, session } = open({
    'photos.count': () => ({ pictures: 2 }),
    'photos.convert': ({ index }) => ({ photo: new Blob([`page ${index}`]), size: photoSize }),
  });
  await session.addFiles([file('notes.txt'), file('class.pdf')]);
  await allReady(session);
  expect(session.getState().refused).toMatchObject([{ name: 'notes.txt', failure: { code: 'unsupported-format' } }]);
  expect(session.getState().pictures).toHaveLength(2);
  expect(engine.started.filter(({ job }) => job === 'photos.convert').map(({ input }) => input)).toMatchObject([
    { index: 0 },
    { index: 1 },
  ]);
});

test('a picture that fails is left out, and may be tried again', async () => {
  const { session } = open({ 'faces.find': failing(1, 'out-of-memory', found) });
  await session.addFiles([file('a.jpg'), file('b.jpg')]);
  await vi.waitFor(() => expect(statesOf(session)).toEqual(['failed', 'ready']));
  session.review('picture-2');
  expect(await go(session)).toHaveLength(1);
  session.tryAgain('picture-1');
  await allReady(session);
  expect(isReviewed(session.getState().pictures)).toBe(false);
});

test('a hiding that failed is tried again', async () => {
  const { session } = open({ 'faces.hide': failing(1, 'worker-lost', hidden) });
  await session.addFiles([file('a.jpg')]);
  await allReady(session);
  await expect(session.hide('picture-1')).rejects.toThrow('as the test wants');
  expect((await session.hide('picture-1')).photo).toBeInstanceOf(Blob);
});
