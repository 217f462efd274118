/** A worker that ends without a word when it gets a job, as one does that the browser kills. */
self.addEventListener('message', () => self.close());

void navigator.locks.request(self.name, () => {
  self.postMessage({ type: 'ready', build: __BUILD_ID__ });
  return new Promise<never>(() => {});
});
