/**
 * Holds a lock of the worker's name for as long as the worker lives. The browser releases it when the worker ends in any
 * way, which is the only sign that the page gets of a worker that was killed.
 */
export async function holdLifeLock(name: string): Promise<void> {
  if (!('locks' in navigator)) return;
  await new Promise<void>((held, refused) => {
    navigator.locks
      .request(name, () => {
        held();
        return new Promise<never>(() => {});
      })
      .catch(refused);
  });
}
