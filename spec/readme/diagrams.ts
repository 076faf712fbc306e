import { readFileSync } from 'node:fs';
import { root } from '../support/root';

/** A fenced block `marbles` of a page, which the site shows as a diagram. */
export interface DiagramBlock {
  readonly file: string;
  /** The line of the file on which the block begins, counted from 1. */
  readonly line: number;
  readonly text: string;
}

const DIAGRAM = /^```marbles\n([\s\S]*?)^```$/gm;

/** Returns the diagrams of a page. */
export function diagramsOf(file: string): DiagramBlock[] {
  const page = readFileSync(root + file, 'utf8');
  return [...page.matchAll(DIAGRAM)].map(({ 1: text = '', index }) => ({
    file,
    line: page.slice(0, index).split('\n').length,
    text,
  }));
}

/** Blanks the diagrams of a page, which are not code that users copy. The lines of all else stay the same. */
export function withoutDiagrams(page: string): string {
  return page.replace(DIAGRAM, (diagram) => diagram.replace(/.+/g, ''));
}
