/**
 * Bytes of the type that the platform accepts in a `Blob`, a request's body or `crypto.subtle`. From TypeScript 5.9 on
 * it is `Uint8Array<ArrayBuffer>`. Older compilers have only one `Uint8Array`, and the oldest refuse its type argument.
 */
export type Bytes = ReturnType<TextEncoder['encode']>;
