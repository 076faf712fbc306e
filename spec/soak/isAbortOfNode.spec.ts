import { describe, expect, it } from 'vitest';
import { ProcessDeath } from '../../bench/processDeath';
import { isAbortOfNode } from './hostile/isAbortOfNode';

const ended = (signal: string | null, words: string): ProcessDeath =>
  new ProcessDeath('server.ts', null, signal, words);

describe('isAbortOfNode', () => {
  it.each([
    `\n  #  Assertion failed: (current_nghttp2_memory_) == (0)\n\n----- Native stack trace -----\n`,
    `node[1]: ../src/node_http2.cc:528: Assertion \`(current_nghttp2_memory_) == (0)' failed.\n 1: 0xb9c310`,
  ])('knows the assertion of Node 24 and of Node 20', (words) => {
    expect(isAbortOfNode(ended('SIGABRT', words))).toBe(true);
  });

  it.each([
    ended('SIGABRT', '  #  Assertion failed: onread->IsFunction()\n'),
    ended('SIGABRT', 'FATAL ERROR: Reached heap limit Allocation failed\n'),
    ended('SIGKILL', 'Assertion failed: (current_nghttp2_memory_) == (0)\n'),
    ended(null, ''),
    new Error('Assertion failed: (current_nghttp2_memory_) == (0)'),
  ])('takes no other end for it', (error) => {
    expect(isAbortOfNode(error)).toBe(false);
  });
});
