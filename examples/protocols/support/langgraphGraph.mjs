import { Annotation, END, START, StateGraph } from '@langchain/langgraph';

const State = Annotation.Root({ gate: Annotation, count: Annotation });

export const graph = new StateGraph(State)
  .addNode('first', () => ({ count: 1 }))
  .addNode('second', async ({ gate }) => {
    const { ok } = await globalThis.fetch(gate);
    if (!ok) throw new Error('The gate is closed');
    return { count: 2 };
  })
  .addEdge(START, 'first')
  .addEdge('first', 'second')
  .addEdge('second', END)
  .compile();
