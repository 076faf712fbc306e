import type { Handler } from '../../examples/serving/handler';

/** A network that ends a body where `mark` begins, as cleanly as if that had been all. */
export const cutAt =
  (mark: string, handler: Handler): Handler =>
  async (request) => {
    const response = await handler(request);
    const network = new TransformStream<string, string>({
      transform(text, controller) {
        const end = text.indexOf(mark);
        controller.enqueue(end === -1 ? text : text.slice(0, end));
        if (end !== -1) controller.terminate();
      },
    });
    const body = response
      .body!.pipeThrough(new TextDecoderStream())
      .pipeThrough(network)
      .pipeThrough(new TextEncoderStream());
    return new Response(body, response);
  };
