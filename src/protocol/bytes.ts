/**
 * Bytes as the platform takes them in a `Blob`, a request's body or `crypto.subtle`. That is a `Uint8Array<ArrayBuffer>` from
 * TypeScript 5.9 on. Older compilers have one `Uint8Array`, and the oldest ones refuse a type argument for it.
 */
export type Bytes = ReturnType<TextEncoder['encode']>;
