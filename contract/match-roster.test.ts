import { describe, expect, it } from 'vitest';
import { capitals, digits, type CharacterReading } from './handwriting.ts';
import { matchRoster } from './match-roster.ts';

/** A box that reads as `character`, sure to `probability`; what is left goes to `next`, or to all others alike. */
function box(character: string, alphabet: string, probability = 0.97, next?: string): CharacterReading {
  if (character === ' ') return { state: 'blank', probability: 0, alternatives: [] };
  if (character === '#') return { state: 'scribbled', probability: 0, alternatives: [] };
  const rest = 1 - probability;
  const alternatives = Array.from(alphabet)
    .map((other) => {
      const chance =
        other === character ? probability : (next === undefined ? rest : other === next ? rest : 1e-6) / 35;
      return { character: other, chance: next === other ? rest : chance };
    })
    .toSorted((a, b) => b.chance - a.chance)
    .map(({ character: other, chance }) => ({ character: other, logProbability: Math.log(chance) }));
  return { state: 'read', character, probability, alternatives };
}

const write = (text: string, alphabet: string, boxes = text.length) =>
  Array.from(text.padEnd(boxes), (character) => box(character, alphabet));

const names = ['Ana Santos', 'Anna Santos', 'Ana Santiago', 'José Rizal', 'Li Wei', 'Maria Clara de los Reyes'].map(
  (text) => ({ key: text, text }),
);
const numbers = Array.from({ length: 200 }, (_, at) => ({ key: 20260101 + at, text: String(20260101 + at) }));

describe('matchRoster', () => {
  it('finds the name that was written, and is sure of it', () => {
    const [best, second] = matchRoster(write('JOSE RIZAL', capitals, 16), names);
    expect(best?.key).toBe('José Rizal');
    expect(best?.probability).toBeGreaterThan(0.99);
    expect(best?.margin).toBeGreaterThan(10);
    expect(second?.probability).toBeLessThan(0.01);
  });

  it.each([
    ['a letter left out', 'JSE RIZAL'],
    ['a letter too many', 'JOSEF RIZAL'],
    ['a wrong letter', 'JOSE RIZAR'],
    ['no space', 'JOSERIZAL'],
    ['two spaces', 'JOSE  RIZAL'],
    ['a box struck out', 'JO#SE RIZAL'],
    ['a later start', '  JOSE RIZAL'],
  ])('finds it with %s', (_what, written) => {
    const [best] = matchRoster(write(written, capitals, 18), names);
    expect(best?.key).toBe('José Rizal');
    expect(best?.probability).toBeGreaterThan(0.9);
  });

  it('finds a name that is longer than its row of boxes', () => {
    const [best] = matchRoster(write('MARIA CLARA DE L', capitals), names);
    expect(best?.key).toBe('Maria Clara de los Reyes');
    expect(best?.probability).toBeGreaterThan(0.9);
  });

  it('tells names apart that differ by one letter', () => {
    expect(matchRoster(write('ANA SANTOS', capitals, 16), names)[0]?.key).toBe('Ana Santos');
    expect(matchRoster(write('ANNA SANTOS', capitals, 16), names)[0]?.key).toBe('Anna Santos');
  });

  it('is sure of one of two hundred consecutive numbers only where its digits are', () => {
    const [sure] = matchRoster(write('20260143', digits), numbers);
    expect(sure?.key).toBe(20260143);
    expect(sure?.probability).toBeGreaterThan(0.9);
    // The last digit may be a 3 or an 8.
    const doubtful = [...write('2026014', digits), box('3', digits, 0.55, '8')];
    const [best, second] = matchRoster(doubtful, numbers);
    expect([best?.key, second?.key]).toEqual([20260143, 20260148]);
    expect(best?.probability).toBeLessThan(0.6);
    expect(best?.margin).toBeLessThan(0.5);
  });

  it('is not sure of anybody where a stranger has written', () => {
    const [best] = matchRoster(write('XQWZK VUPFH', capitals, 16), names);
    expect(best?.probability).toBeLessThan(0.1);
  });

  it('finds the right digit by the list where one was misread', () => {
    const list = [
      { key: 'a', text: '1017' },
      { key: 'b', text: '2934' },
    ];
    const [best] = matchRoster(write('2984', digits), list);
    expect(best?.key).toBe('b');
    expect(best?.probability).toBeGreaterThan(0.5);
  });

  it('has nothing to say of empty boxes and empty lists', () => {
    expect(matchRoster(write('', capitals, 8), names)).toEqual([]);
    expect(matchRoster(write('JOSE', capitals), [])).toEqual([]);
  });
});
