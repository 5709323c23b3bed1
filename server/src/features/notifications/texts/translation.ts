/** The same keys in another language: one that is missing or unknown does not compile. */
export type Translation<Source> = { readonly [Key in keyof Source]: string }
