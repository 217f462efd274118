import { expect, it } from 'vitest';
import { record, redo, settle, startHistory, undo } from './history.ts';

it('undoes and redoes step by step', () => {
  const two = record(record(startHistory(0), 1), 2);
  expect(undo(two).present).toBe(1);
  expect(undo(undo(two)).present).toBe(0);
  expect(undo(undo(undo(two))).present).toBe(0);
  expect(redo(undo(two)).present).toBe(2);
  expect(redo(two)).toEqual(two);
});

it('takes the changes of one gesture as one step', () => {
  const dragged = record(record(record(startHistory(0), 1, 'drag'), 2, 'drag'), 3, 'drag');
  expect(dragged.present).toBe(3);
  expect(undo(dragged).present).toBe(0);
});

it('starts a new step for another gesture and after the gesture has ended', () => {
  const once = record(startHistory(0), 1, 'corner-0');
  expect(undo(record(once, 2, 'corner-1')).present).toBe(1);
  expect(undo(record(settle(once), 2, 'corner-0')).present).toBe(1);
});

it('forgets what was undone when something new happens', () => {
  const changed = record(undo(record(startHistory(0), 1)), 5);
  expect(redo(changed).present).toBe(5);
});

it('does not join a change to a step that was undone', () => {
  const undone = undo(record(record(startHistory(0), 1), 2, 'drag'));
  expect(undo(record(undone, 9, 'drag')).present).toBe(1);
});
