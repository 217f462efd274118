/**
 * Shares one start among all who want it: the first caller starts, the others wait for the same result and hear of its
 * progress. A start that failed is forgotten, so that the next caller tries again.
 */
export function shareStart<T, P>(
  start: (report: (progress: P) => void) => Promise<T>,
): (report: (progress: P) => void) => Promise<T> {
  let started: Promise<T> | undefined;
  let reports: ((progress: P) => void)[] = [];
  return async (report) => {
    reports.push(report);
    started ??= start((progress) => {
      for (const tell of reports) tell(progress);
    });
    try {
      return await started;
    } catch (cause) {
      started = undefined;
      throw cause;
    } finally {
      reports = reports.filter((other) => other !== report);
    }
  };
}
