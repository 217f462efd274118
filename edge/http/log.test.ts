import { expect, test } from 'vitest';
import { describeError, logAsJson } from './log.ts';

test('an entry is one line of JSON, whatever is in it', () => {
  const lines: string[] = [];
  const log = logAsJson(
    (line) => lines.push(line),
    () => 0,
  );
  log('info', 'a\nb', { route: 'x\r\n{"level":"error"}\u001b[31m' });
  expect(lines).toHaveLength(1);
  const codes = Array.from(lines[0]?.slice(0, -1) ?? '', (character) => character.charCodeAt(0));
  expect(Math.min(...codes), 'no control character').toBeGreaterThanOrEqual(32);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    time: '1970-01-01T00:00:00.000Z',
    level: 'info',
    event: 'a\nb',
    route: 'x\r\n{"level":"error"}\u001b[31m',
  });
});

test('of an error, its kind and place are told and not its message', () => {
  const cause = Object.assign(new TypeError('Maria\n    at Maria (grade 7)'), { code: '23505', detail: 'Maria' });
  const described = describeError(new RangeError('Maria', { cause }));
  expect(described).toMatchObject({ error: 'RangeError', because: 'TypeError' });
  expect(describeError(cause)).toMatchObject({ error: 'TypeError', code: '23505' });
  expect(JSON.stringify([described, describeError(cause)])).not.toContain('Maria');
  expect(describeError('Maria')).toEqual({ error: 'string' });
});
