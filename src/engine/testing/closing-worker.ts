/** A worker that ends without a word when it gets a job, as one does that the browser kills. */
await new Promise<void>((held) => {
  void navigator.locks.request(self.name, () => {
    held();
    return new Promise<never>(() => {});
  });
});
self.addEventListener('message', () => self.close());
self.postMessage({ type: 'ready', build: __BUILD_ID__ });

export {};
