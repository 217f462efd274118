/**
 * Keeps results with what they were made of. Records are never changed, only replaced, so that the same objects give the
 * same result: after one of 500 sheets was corrected, one is computed anew.
 *
 * @returns the result that was made before of `source` under the same conditions, or else a new one; kept for as long as
 *   `source` is there, and only for the last conditions
 */
export function keepUnchanged<Result>(): (
  source: object,
  conditions: readonly unknown[],
  make: () => Result,
) => Result {
  const kept = new WeakMap<object, { readonly conditions: readonly unknown[]; readonly result: Result }>();
  return (source, conditions, make) => {
    const before = kept.get(source);
    const isSame = before?.conditions.length === conditions.length;
    if (isSame && before.conditions.every((condition, at) => Object.is(condition, conditions[at])))
      return before.result;
    const result = make();
    kept.set(source, { conditions, result });
    return result;
  };
}
