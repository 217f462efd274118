import { useMemo, useSyncExternalStore } from 'react';

/** A picture in memory as an address, made with its first use and freed with its last. */
class PictureUrl {
  readonly #picture: Blob | undefined;
  #url: string | undefined;
  #uses = 0;

  constructor(picture: Blob | undefined) {
    this.#picture = picture;
  }

  readonly url = (): string | undefined => this.#url;

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#uses++;
    if (this.#url === undefined && this.#picture !== undefined) {
      this.#url = URL.createObjectURL(this.#picture);
      onChange();
    }
    return () => {
      this.#uses--;
      if (this.#uses > 0 || this.#url === undefined) return;
      URL.revokeObjectURL(this.#url);
      this.#url = undefined;
    };
  };
}

/** The address of a picture for an `<img>`. */
export function usePictureUrl(picture: Blob | undefined): string | undefined {
  const shown = useMemo(() => new PictureUrl(picture), [picture]);
  return useSyncExternalStore(shown.subscribe, shown.url);
}
