/** The keys of a language's texts, with any words. */
export type SameKeys<Texts> = { readonly [K in keyof Texts]: Texts[K] extends string ? string : SameKeys<Texts[K]> };

/** Some of the keys: what a spelling variant writes differently. */
export type SomeKeys<Texts> = { readonly [K in keyof Texts]?: Texts[K] extends string ? string : SomeKeys<Texts[K]> };
