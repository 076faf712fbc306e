import { useChat } from '@ai-sdk/react';
import { DefaultChatTransport } from 'ai';
import type { UIMessage } from 'ai';
import { useMemo } from 'react';

/**
 * Uses a chat of `serveChat`. A page that is loaded again shows the running answer, and `stop` stops the answer on the
 * server, too.
 */
export function useServedChat(api: string, id: string, messages: UIMessage[] = []) {
  const transport = useMemo(() => new DefaultChatTransport({ api }), [api]);
  const chat = useChat({ id, messages, transport, resume: true });
  const stop = async (): Promise<void> => {
    await chat.stop();
    await fetch(`${api}/${encodeURIComponent(id)}/stream`, { method: 'DELETE' });
  };
  return { ...chat, stop };
}
