import type { Diagram, Mark, Track } from './diagram';
import { duration } from './duration';

const WORDS: Record<Mark['kind'], string> = {
  value: '',
  complete: 'completes',
  error: 'fails',
  abort: 'is aborted',
};

function trackInWords({ name, start, marks, note }: Track): string {
  const begin = [note, start > 0 ? `begins at ${duration(start)}` : ''].filter(Boolean).join(', ');
  const events = marks.map(({ kind, text, frame }) => `${WORDS[kind] || text} at ${duration(frame)}`);
  return `${name}${begin ? ` (${begin})` : ''}: ${events.length > 0 ? events.join(', ') : 'nothing happens'}.`;
}

/** Describes a diagram in words, for readers who do not see it. */
export function described({ inputs, code, outputs }: Diagram): string {
  return [...inputs.map(trackInWords), `Code: ${code.join(' ')}.`, ...outputs.map(trackInWords)].join(' ');
}
