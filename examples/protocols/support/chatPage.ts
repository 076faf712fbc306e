import type { UIMessage } from 'ai';
import { StrictMode, createElement as h } from 'react';
import { createRoot } from 'react-dom/client';
import { useServedChat } from '../ai-sdk/useServedChat';

/** Shows a chat: each message, the status, the error, and the buttons. */
function Chat() {
  const { messages, status, error, sendMessage, resumeStream, stop } = useServedChat('/chat', 'a chat');
  const textOf = ({ parts }: UIMessage): string =>
    parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
  return h(
    'main',
    null,
    ...messages.map((message) => h('p', { key: message.id, className: message.role }, textOf(message))),
    h('output', { id: 'status' }, status),
    h('output', { id: 'error' }, error?.message ?? ''),
    h('button', { id: 'send', onClick: () => void sendMessage({ text: 'Hi' }) }, 'Send'),
    h('button', { id: 'resume', onClick: () => void resumeStream() }, 'Resume'),
    h('button', { id: 'stop', onClick: () => void stop() }, 'Stop'),
  );
}

createRoot(document.body.appendChild(document.createElement('div'))).render(h(StrictMode, null, h(Chat)));
