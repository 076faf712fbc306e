/** The answer of a `marbleFetch` to one request. */
export interface MarbleResponse {
  /**
   * Time of the response, as marbles with one value: `---r` takes 3 ms to answer, `---#` is a connection that fails,
   * and `-` is a server that never answers.
   *
   * @defaultValue `(r|)`, an immediate response
   */
  response?: string | undefined;
  /**
   * Status code.
   *
   * @defaultValue 200
   */
  status?: number | undefined;
  /**
   * Reason phrase.
   *
   * @defaultValue `''`
   */
  statusText?: string | undefined;
  /**
   * Headers of the response.
   *
   * @defaultValue `content-type: text/event-stream`
   */
  headers?: ConstructorParameters<typeof Headers>[0];
  /**
   * URL of the response, after redirects.
   *
   * @defaultValue the URL of the request
   */
  url?: string | undefined;
  /**
   * The chunks of the body and their times: a marble is a chunk, `|` the regular end, and `#` a connection that is cut.
   *
   * @defaultValue `null`: the response has no body
   */
  body?: string | null | undefined;
  /**
   * The chunks by their marbles. Text is encoded as UTF-8.
   *
   * @defaultValue each marble is a chunk with that character
   */
  chunks?: Readonly<Record<string, string | Uint8Array>> | undefined;
  /**
   * The error of `#`, in `response` and in `body`. In `response` a `TypeError` is a failed connection, as with `fetch`.
   *
   * @defaultValue a `TypeError`
   */
  error?: unknown;
}
