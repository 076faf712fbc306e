import { describe, expect, it } from 'vitest';
import { DEFAULT_MAX_LENGTH, MAX_DELAY } from '../../src/protocol/limits';

describe('the limits themselves', () => {
  it('are 16 Mi characters, and what a timer can wait', () => {
    expect(DEFAULT_MAX_LENGTH).toBe(16_777_216);
    expect(MAX_DELAY).toBe(0x7fffffff);
  });
});
