/** What the edge tells the app of the place where it runs: the answer of `GET /api/config`. */
import * as v from 'valibot';

/**
 * Where the CDN has the app's files under their own paths: `https://cdn.example/papel` for
 * `https://cdn.example/papel/assets/…`. Without a slash at the end, a query, a user, or a step out of its folder. Plain
 * http is for this very machine, as in tests.
 */
export const cdnBaseSchema = v.pipe(
  v.string(),
  v.regex(
    /^(?:https:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*|http:\/\/(?:localhost|127\.0\.0\.1))(?::\d{1,5})?(?:\/[\w~-][\w.~-]*)*$/,
    'an address such as https://cdn.example/papel',
  ),
);

export const configSchema = v.object({
  /** `null`: the app's own origin has everything. */
  cdnBase: v.nullable(cdnBaseSchema),
});
export type Config = v.InferOutput<typeof configSchema>;
