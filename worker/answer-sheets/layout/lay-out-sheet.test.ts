import { describe, expect, it } from 'vitest';
import { planFields, planNumberFields } from '#contract/exam-fields.ts';
import type { LaidOutPage, PrintedItem, SheetRectangle } from '#contract/sheets.ts';
import { layOutSheet } from './lay-out-sheet.ts';
import { codePlaceOf } from './paper-frame.ts';
import { textWidth } from './text-width.ts';
import { planOf, randomPlan, words } from './testing/random-plans.ts';

/** More seeds were tried by hand; these take a second. */
const sheets = Array.from({ length: 40 }, (_, at) => {
  const plan = randomPlan(at + 1);
  return { seed: at + 1, plan, pages: layOutSheet(plan) };
});

interface Thing extends SheetRectangle {
  readonly what: string;
}

/** What must not lie over each other. */
function thingsOf(page: LaidOutPage): readonly Thing[] {
  const { location, blocks, written = [] } = page.design;
  const characters = written.filter(({ label }) => label.startsWith('q'));
  const marks = location.by === 'fiducials' ? location.fiducials : [];
  return [
    { what: 'code', ...page.code },
    ...marks.map(({ x, y, width }) => ({
      what: 'mark',
      left: x - width / 2,
      top: y - width / 2,
      width,
      height: width,
    })),
    ...page.boxes.map(({ kind, of, ...place }) => ({ what: `${kind} ${of}`, ...place })),
    ...characters.map(({ label, kind: _kind, values: _values, ...place }) => ({ what: `box ${label}`, ...place })),
    ...blocks.flatMap(({ fields }) =>
      fields.flatMap(({ label, bubbles }) =>
        bubbles.map(({ value, ...place }) => ({ what: `${label} ${value}`, ...place })),
      ),
    ),
  ];
}

function textsOf(page: LaidOutPage): readonly Thing[] {
  return page.printed.flatMap((item) => (item.kind === 'text' ? [textPlace(item)] : []));
}

function textPlace({ text, at, align, heightMm, bold }: Extract<PrintedItem, { kind: 'text' }>): Thing {
  const width = textWidth(text, heightMm, bold);
  const left = align === 'left' ? at.x : align === 'right' ? at.x - width : at.x - width / 2;
  return { what: `text ${text}`, left, top: at.y - 0.72 * heightMm, width, height: 0.9 * heightMm };
}

function overlaps(a: SheetRectangle, b: SheetRectangle): boolean {
  const slack = 1e-6;
  return (
    a.left + a.width > b.left + slack &&
    b.left + b.width > a.left + slack &&
    a.top + a.height > b.top + slack &&
    b.top + b.height > a.top + slack
  );
}

function clashesOf(thing: Thing, others: readonly Thing[]): readonly string[] {
  return others.filter((other) => overlaps(thing, other)).map((other) => `${thing.what} and ${other.what}`);
}

function clashesAmong(things: readonly Thing[]): readonly string[] {
  return things.flatMap((thing, at) => clashesOf(thing, things.slice(at + 1)));
}

function holds(outer: SheetRectangle, inner: SheetRectangle, margin = 0): boolean {
  return (
    inner.left >= outer.left + margin - 1e-6 &&
    inner.top >= outer.top + margin - 1e-6 &&
    inner.left + inner.width <= outer.left + outer.width - margin + 1e-6 &&
    inner.top + inner.height <= outer.top + outer.height - margin + 1e-6
  );
}

describe('any sheet', () => {
  it('has nothing that lies over something else', () => {
    const clashes = sheets.flatMap(({ seed, pages }) =>
      pages.flatMap((page) => {
        const things = thingsOf(page);
        const texts = textsOf(page);
        return [
          ...clashesAmong(things),
          ...clashesAmong(texts),
          ...texts.flatMap((text) =>
            clashesOf(
              text,
              things.filter((thing) => !holds(thing, text)),
            ),
          ),
        ].map((clash) => `seed ${seed}: ${clash}`);
      }),
    );
    expect(clashes).toEqual([]);
  });

  it('keeps 8 mm from the edges of its paper', () => {
    const outside = sheets.flatMap(({ seed, pages }) =>
      pages.flatMap((page) => {
        const paper = { left: 0, top: 0, ...page.design.size };
        return [...thingsOf(page), ...textsOf(page)]
          .filter((thing) => !holds(paper, thing, 8))
          .map(({ what }) => `seed ${seed}: ${what}`);
      }),
    );
    expect(outside).toEqual([]);
  });

  it('asks every question exactly once, with the fields and values of the contract', () => {
    for (const { plan, pages } of sheets) {
      const asked = pages.flatMap(({ design: { blocks, written = [] } }) => [
        ...blocks.flatMap(({ fields }) =>
          fields.map(({ label, kind, bubbles }) => ({ label, kind, values: bubbles.map(({ value }) => value) })),
        ),
        ...written.map(({ label, kind, values }) => ({ label, kind, values, isWritten: true })),
      ]);
      const expected = plan.questions.flatMap(({ id, form }) => planFields(id, form, plan.look.optionSigns));
      const ofQuestions = asked.filter(({ label }) => label.startsWith('q'));
      expect(new Map(ofQuestions.map((field) => [field.label, field]))).toEqual(
        new Map(expected.map((field) => [field.label, field])),
      );
      expect(ofQuestions).toHaveLength(expected.length);
      const written = pages.flatMap(({ boxes }) => boxes.flatMap(({ kind, of }) => (kind === 'answer' ? [of] : [])));
      expect(written).toEqual(plan.questions.filter(({ form }) => form.kind === 'free').map(({ id }) => id));
    }
  });

  it('says on every page what the reader needs to know', () => {
    for (const { plan, pages } of sheets) {
      pages.forEach((page, at) => {
        expect(page).toMatchObject({ version: 'A', page: at + 1, pages: pages.length });
        expect(page.code).toEqual(codePlaceOf(plan.look.paper));
        const { blocks, written = [], outputColumns } = page.design;
        expect(outputColumns).toEqual(
          [...blocks.flatMap(({ fields }) => fields), ...written].map(({ label }) => label),
        );
      });
    }
  });

  it('lies the same in every language', () => {
    const long = Object.fromEntries(Object.keys(words).map((key) => [key, 'Mas mahabang salita '.repeat(12)]));
    for (const { plan, pages } of sheets.slice(0, 10)) {
      const other = layOutSheet({ ...plan, words: { ...words, ...long } });
      expect(other.map(thingsOf)).toEqual(pages.map(thingsOf));
    }
  });
});

describe('a usual sheet', () => {
  const columnsOf = ([page]: readonly LaidOutPage[]) =>
    page?.design.blocks.filter(({ name }) => name !== 'number').map(({ fields }) => fields.length);

  it('has room for 100 questions of five options with a student number on one A4', () => {
    const pages = layOutSheet(planOf(100, { kind: 'single', options: 5 }));
    expect(pages).toHaveLength(1);
    expect(columnsOf(pages)).toEqual([25, 25, 25, 25]);
  });

  it('fills columns by fives', () => {
    expect(columnsOf(layOutSheet(planOf(50, { kind: 'single', options: 5 })))).toEqual([15, 15, 15, 5]);
    expect(columnsOf(layOutSheet(planOf(40, { kind: 'single', options: 4 }, { columns: 2 })))).toEqual([20, 20]);
  });

  it('has rows on one line across columns, and bubbles of one size 7 mm apart', () => {
    const [page] = layOutSheet(planOf(60, { kind: 'single', options: 4 }, { paper: 'a5' }));
    const fields = page?.design.blocks.filter(({ name }) => name !== 'number').flatMap((block) => block.fields) ?? [];
    const tops = [...new Set(fields.map(({ bubbles }) => bubbles[0]?.top ?? 0))].toSorted((a, b) => a - b);
    tops.slice(1).forEach((top, at) => expect(top - (tops[at] ?? 0)).toBeGreaterThan(6.9));
    for (const { bubbles } of fields)
      bubbles.slice(1).forEach(({ left, width }, at) => {
        expect(left - (bubbles[at]?.left ?? 0)).toBeCloseTo(7);
        expect(width).toBeCloseTo(4.7);
      });
  });

  it('asks for the number on every page', () => {
    const look = { form: 'both', digits: 10 } as const;
    const pages = layOutSheet(planOf(200, { kind: 'single', options: 5 }, { studentNumber: look }));
    expect(pages.length).toBeGreaterThan(1);
    for (const { design, boxes } of pages) {
      expect(design.blocks[0]?.fields.map(({ label }) => label)).toEqual(
        planNumberFields(look).map(({ label }) => label),
      );
      expect(boxes.filter(({ kind }) => kind === 'digit')).toHaveLength(10);
    }
  });

  it('has a box for each digit of the number, and as many for the name as there is room for', () => {
    const look = { studentNumber: { form: 'boxes', digits: 8 }, nameInBoxes: true } as const;
    const [page] = layOutSheet(planOf(5, { kind: 'numeric', digits: 2, decimals: 1, sign: true, inBoxes: true }, look));
    const labels = page?.design.written?.map(({ label }) => label) ?? [];
    expect(labels.filter((label) => label.startsWith('numberBox.'))).toHaveLength(8);
    expect(labels.filter((label) => label.startsWith('nameBox.')).length).toBeGreaterThan(15);
    expect(labels.filter((label) => label.startsWith('q'))).toHaveLength(15);
    expect(page?.design.blocks.flatMap(({ fields }) => fields.map(({ label }) => label))).toEqual(
      Array.from({ length: 5 }, (_, at) => `q${at + 1}.sign`),
    );
  });

  it('has a page without any question', () => {
    expect(layOutSheet(planOf(0, { kind: 'true-false' }))).toHaveLength(1);
  });

  it('cuts a box down to an A5 that is lower', () => {
    const pages = layOutSheet(planOf(2, { kind: 'free', lines: 20 }, { paper: 'a5' }));
    expect(pages).toHaveLength(2);
    expect(pages[0]?.boxes.find(({ kind }) => kind === 'answer')?.height).toBeGreaterThan(60);
  });
});
