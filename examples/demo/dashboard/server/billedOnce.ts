import { concat, defer, finalize, from, share, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Counts } from '../wire';
import type { ResumingModel } from './standIn';

interface Answer {
  readonly said: string[];
  readonly rest$: Observable<string>;
}

/**
 * Has a model answer, once for each key: who asks again with the same key gets the words that were said, and then the
 * rest. While nobody listens, the model is silent.
 */
export function billedOnce(
  model: ResumingModel,
  counts: Pick<Counts, 'questions' | 'billed' | 'words' | 'answering'>,
): (key: string, question: string) => Observable<string> {
  const answers = new Map<string, Answer>();

  const begin = (question: string): Answer => {
    counts.billed++;
    const said: string[] = [];
    const rest$ = defer(() => model(question, said.length)).pipe(
      tap((word) => {
        counts.words++;
        said.push(word);
      }),
      // The network may be back before the server has noticed that it was gone.
      share(),
    );
    return { said, rest$ };
  };

  return (key, question) =>
    defer(() => {
      counts.questions++;
      counts.answering++;
      const { said, rest$ } = answers.get(key) ?? begin(question);
      answers.set(key, { said, rest$ });
      return concat(from([...said]), rest$).pipe(finalize(() => counts.answering--));
    });
}
