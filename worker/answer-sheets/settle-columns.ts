import type { FieldReading, SheetDesign, SheetReading } from '#contract/sheets.ts';

type FoundReading = Extract<SheetReading, { found: true }>;

/** The reading with what follows from its fields: the columns of the output, and which fields are doubtful. */
export function settleColumns<Picture>(
  design: Pick<SheetDesign<Picture>, 'customLabels' | 'outputColumns'>,
  reading: FoundReading,
): FoundReading {
  const { fields } = reading;
  const flagged = fields.filter(({ state }) => state === 'doubtful').map(({ label }) => label);
  return { ...reading, columns: joinColumns(design, fields), flagged };
}

function joinColumns(
  { customLabels, outputColumns }: Pick<SheetDesign<unknown>, 'customLabels' | 'outputColumns'>,
  fields: readonly FieldReading[],
) {
  const byLabel = new Map(fields.map((field) => [field.label, field]));
  const parts = new Map(customLabels.map((custom) => [custom.label, custom.parts]));
  return outputColumns.map((label) => {
    const joined = (parts.get(label) ?? [label]).flatMap((part) => byLabel.get(part) ?? []);
    return {
      label,
      value: joined.map(({ value }) => value).join(''),
      flagged: joined.some(({ state }) => state === 'doubtful'),
    };
  });
}
