import * as v from 'valibot';
import { cdnBaseSchema } from '#contract/config.ts';

/**
 * The setting PAPEL_CDN_BASE; unset or empty for none.
 *
 * @throws RangeError whose message is for whoever starts the server
 */
export function readCdnBase(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  const parsed = v.safeParse(cdnBaseSchema, text);
  if (parsed.success) return parsed.output;
  throw new RangeError(
    `PAPEL_CDN_BASE is not an https address without a slash at its end, such as https://cdn.example/papel: ${text}`,
  );
}
