declare module 'can-ndjson-stream' {
  export default function ndjsonStream(body: ReadableStream<Uint8Array> | null): ReadableStream<unknown>;
}
