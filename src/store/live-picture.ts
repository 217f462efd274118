import { liveQuery } from 'dexie';

/** A stored picture as an address that follows the store and is freed with its last use. */
export class LivePicture {
  readonly #read: () => Promise<Blob | undefined>;
  #url: string | undefined;

  constructor(read: () => Promise<Blob | undefined>) {
    this.#read = read;
  }

  readonly url = (): string | undefined => this.#url;

  readonly subscribe = (onChange: () => void): (() => void) => {
    const show = (picture: Blob | undefined) => {
      if (this.#url !== undefined) URL.revokeObjectURL(this.#url);
      this.#url = picture === undefined ? undefined : URL.createObjectURL(picture);
    };
    const subscription = liveQuery(this.#read).subscribe(
      (picture) => {
        show(picture);
        onChange();
      },
      () => show(undefined),
    );
    return () => {
      subscription.unsubscribe();
      show(undefined);
    };
  };
}
