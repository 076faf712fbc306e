import { agrees, runBlock } from './runBlock';
import { toFigure } from './toFigure';

/** The part of markdown-it that the rule uses. */
interface Markdown {
  readonly renderer: {
    readonly rules: {
      fence?:
        | ((
            tokens: { info: string; content: string; map: [number, number] | null }[],
            index: number,
            ...rest: never[]
          ) => string)
        | undefined;
    };
  };
}

/**
 * Renders each fenced block `marbles` as a diagram of the run of its code. The build fails if the run differs from what
 * the block says.
 */
export function marbleFences(markdown: Markdown): void {
  const { rules } = markdown.renderer;
  const { fence } = rules;
  rules.fence = (tokens, index, ...rest) => {
    const { info = '', content = '' } = tokens[index] ?? {};
    if (info.trim() !== 'marbles') return fence?.(tokens, index, ...rest) ?? '';
    const run = runBlock(content);
    if (!agrees(run)) {
      throw new Error(
        `A block of marbles differs from its run:\n${content}\n${JSON.stringify(run.actual, null, 1)}`,
      );
    }
    return toFigure(run.diagram);
  };
}
