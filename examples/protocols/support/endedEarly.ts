import { webServer } from '../../../spec/support/webServer';

/** Starts a server whose answers end, in good order, after these bytes. */
export async function endedEarly(text: string, type = 'text/event-stream'): Promise<string> {
  const { url } = await webServer(() => new Response(text, { headers: { 'content-type': type } }));
  return url;
}
