import { expect, test } from 'vitest';

import { currentItem, decide, goBack, goOn, listOpen, newReview, startOver } from './review-queue.ts';

const item = (label: string) => ({ sheetId: 's', label });
const doubts = ['q1', 'q2', 'q3'].map(item);

test('the most doubtful comes first, and each once', () => {
  let queue = goOn(newReview, doubts);
  const seen = [currentItem(queue)?.label];
  for (const _ of doubts) {
    queue = decide(queue, doubts);
    seen.push(currentItem(queue)?.label);
  }
  expect(seen).toEqual(['q1', 'q2', 'q3', undefined]);
  expect(listOpen(queue, doubts)).toEqual([]);
});

test('what leaves the list under way does not make the queue jump', () => {
  const first = goOn(newReview, doubts);
  const second = decide(first, doubts);
  // The store has taken q1 off the list meanwhile.
  expect(currentItem(decide(second, doubts.slice(1)))?.label).toBe('q3');
});

test('back shows the one before, and deciding it again leads on to where the reviewer was', () => {
  const third = decide(decide(goOn(newReview, doubts), doubts), doubts);
  const back = goBack(goBack(third));
  expect(currentItem(back)?.label).toBe('q1');
  expect(currentItem(goBack(back))?.label).toBe('q1');
  const again = decide(decide(back, doubts), doubts);
  expect(currentItem(again)?.label).toBe('q3');
});

test('what was left for later comes again, without what was decided', () => {
  let queue = goOn(goOn(newReview, doubts), doubts);
  queue = goOn(decide(queue, doubts), doubts);
  expect(currentItem(queue)).toBeUndefined();
  expect(listOpen(queue, doubts).map(({ label }) => label)).toEqual(['q1', 'q3']);
  queue = startOver(queue, doubts);
  expect(currentItem(queue)?.label).toBe('q1');
  expect(currentItem(decide(queue, doubts))?.label).toBe('q3');
});

test('a sheet that comes at the end brings its doubts', () => {
  const done = decide(goOn(newReview, [item('q1')]), [item('q1')]);
  expect(currentItem(done)).toBeUndefined();
  expect(currentItem(goOn(done, [item('q1'), item('q9')]))?.label).toBe('q9');
});
