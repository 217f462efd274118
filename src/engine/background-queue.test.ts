import { expect, test, vi } from 'vitest';
import { CodedFailure } from '#contract/failures.ts';
import { BackgroundQueue, type StoredLine } from './background-queue.ts';

interface Item {
  readonly id: string;
  readonly attempts: number;
}

/** A line in memory on a device that is full while `isFull`. */
class FakeLine implements StoredLine<Item> {
  isFull: 'never' | 'when begun' | 'when ended' | 'when taken up' = 'never';
  readonly waiting: Item[] = [];
  takenUp = 0;
  #onChange: (isWaiting: boolean) => void = () => {};

  #write(when: FakeLine['isFull']): void {
    if (this.isFull === when) throw new CodedFailure('storage-full', 'full');
  }

  add(id: string): void {
    this.waiting.push({ id, attempts: 0 });
    this.#onChange(true);
  }

  watchWaiting(onChange: (isWaiting: boolean) => void): () => void {
    this.#onChange = onChange;
    onChange(this.waiting.length > 0);
    return () => {};
  }

  async takeNext(): Promise<Item | undefined> {
    this.#write('when begun');
    return this.waiting.shift();
  }

  async endRound(item: Item, outcome: unknown): Promise<void> {
    this.#write('when ended');
    if (outcome === 'again' || outcome === 'not-begun') this.add(item.id);
  }

  async takeUpAgain(): Promise<void> {
    this.#write('when taken up');
    this.takenUp++;
  }
}

function begin(work: (item: Item) => Promise<void> = async () => {}) {
  const line = new FakeLine();
  const done: string[] = [];
  const onError = vi.fn();
  const queue = new BackgroundQueue<Item>({
    line,
    work: async (item) => {
      await work(item);
      done.push(item.id);
    },
    lock: (held) => held(),
    concurrency: 2,
    onError,
  });
  return { line, queue, done, onError };
}

test('a device too full to begin anything says so, and goes on when there is room', async () => {
  const { line, queue, done, onError } = begin();
  void queue.start();
  line.isFull = 'when begun';
  line.add('a');
  await vi.waitFor(() => expect(queue.paused?.code).toBe('storage-full'));
  await queue.resume();
  await vi.waitFor(() => expect(queue.paused?.code).toBe('storage-full'));
  line.isFull = 'never';
  await queue.resume();
  await vi.waitFor(() => expect(done).toEqual(['a']));
  expect(queue.paused).toBeUndefined();
  expect(onError).not.toHaveBeenCalled();
});

test('a device that is full at the start takes up what the last session left once there is room', async () => {
  const { line, queue, done } = begin();
  line.isFull = 'when taken up';
  line.add('a');
  void queue.start();
  await vi.waitFor(() => expect(queue.paused?.code).toBe('storage-full'));
  expect(done).toEqual([]);
  line.isFull = 'never';
  await queue.resume();
  await vi.waitFor(() => expect(done).toEqual(['a']));
  expect(line.takenUp).toBe(1);
});

test('what could not be written back is tried again at each resume, and never lost', async () => {
  let isFailing = true;
  const { line, queue, done } = begin(async () => {
    if (isFailing) throw new CodedFailure('runtime-unavailable', 'offline');
  });
  void queue.start();
  line.isFull = 'when ended';
  line.add('a');
  await vi.waitFor(() => expect(queue.paused?.code).toBe('storage-full'));
  await queue.resume();
  expect(queue.paused?.code).toBe('storage-full');
  isFailing = false;
  line.isFull = 'never';
  await queue.resume();
  await vi.waitFor(() => expect(done).toEqual(['a']));
});

test('a tab that waits for another one takes up nothing of what that has in hand', async () => {
  const { line } = begin();
  const queue = new BackgroundQueue<Item>({
    line,
    work: async () => {},
    lock: () => new Promise(() => {}),
    concurrency: 1,
    onError: () => {},
  });
  void queue.start();
  await queue.resume();
  expect(line.takenUp).toBe(0);
});

test('another failure of the line is for whoever watches errors', async () => {
  const { line, queue, onError } = begin();
  void queue.start();
  line.takeNext = async () => {
    throw new TypeError('a bug');
  };
  line.add('a');
  await vi.waitFor(() => expect(onError).toHaveBeenCalled());
  expect(queue.paused).toBeUndefined();
});
