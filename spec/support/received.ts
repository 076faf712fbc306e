/** A body as a plain reader has it. */
export interface Received {
  readonly text: string;
  /** Whether it broke off, instead of coming to an end. */
  readonly cut: boolean;
}

/** Reads a body to wherever it ends. */
export async function received({ body }: Pick<Response, 'body'>): Promise<Received> {
  let text = '';
  if (!body) return { text, cut: false };
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { text, cut: false };
      text += value;
    }
  } catch {
    return { text, cut: true };
  }
}
