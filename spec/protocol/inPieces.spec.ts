import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_PIECE, inPieces } from '../../src/protocol/inPieces';

function piecesOf<T extends Uint8Array | string>(chunk: T, inBlocks = false): T[] {
  const pieces: T[] = [];
  inPieces(chunk, (piece) => pieces.push(piece), inBlocks);
  return pieces;
}
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const line = `data: ${'x'.repeat(100)}\n`;
const block = `${line}${line}\n`;

describe('Pieces of a chunk', () => {
  it('are the chunk, whatever it holds', () => {
    const text = fc
      .array(
        fc.tuple(fc.constantFrom('x', 'x\n', '\n\n', '\r\n\r\n', block), fc.integer({ min: 1, max: 6_000 })),
        {
          maxLength: 8,
        },
      )
      .map((parts) =>
        parts
          .map(([part, times]) => part.repeat(times))
          .join('')
          .slice(0, 100_000),
      );
    fc.assert(
      fc.property(text, fc.boolean(), (whole, inBlocks) => {
        const pieces = piecesOf(whole, inBlocks);
        expect(pieces.join('') === whole).toBe(true);
        expect(piecesOf(bytesOf(whole), inBlocks).map(textOf)).toEqual(pieces);
      }),
    );
  });

  it.each<[name: string, text: string]>([
    ['short lines', 'x\n'.repeat(40_000)],
    ['lines', line.repeat(700)],
    ['lines with CRLF', line.replace('\n', '\r\n').repeat(700)],
  ])('end with a line and are short: %s', (_, text) => {
    const pieces = piecesOf(text);
    expect(pieces.length).toBeGreaterThan(2);
    for (const piece of pieces) {
      expect(piece.endsWith('\n')).toBe(true);
      expect(piece.length).toBeLessThanOrEqual(LONGEST_PIECE);
    }
  });

  it.each<[name: string, text: string]>([
    ['LF', block.repeat(350)],
    ['CRLF', block.replaceAll('\n', '\r\n').repeat(350)],
    ['short blocks', 'data: x\n\n'.repeat(9_000)],
  ])('end with a blank line where that is asked for: %s', (_, text) => {
    const pieces = piecesOf(text, true);
    expect(pieces.length).toBeGreaterThan(2);
    for (const piece of pieces) {
      expect(piece).toMatch(/\n\r?\n$/);
      expect(piece.length).toBeLessThanOrEqual(LONGEST_PIECE);
    }
  });

  it('end with a line where no blank line is near', () => {
    const pieces = piecesOf(line.repeat(700), true);
    expect(pieces.length).toBeGreaterThan(2);
    for (const piece of pieces) expect(piece.endsWith('\n')).toBe(true);
  });

  it('hold the whole rest where no line ends near', () => {
    const rest = 'x'.repeat(80_000);
    expect(
      piecesOf(`${'x\n'.repeat(4_000)}${rest}`)
        .at(-1)
        ?.endsWith(rest),
    ).toBe(true);
    expect(piecesOf(rest)).toEqual([rest]);
  });
});
