import { defer, finalize, from, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Model } from '../../../s5-chat/localModel';
import type { Counts } from '../wire';

/** Counts what a model does: the answers that are paid for, those under way, and their words. */
export const billed =
  (
    model: Model,
    counts: Pick<Counts, 'billed' | 'words' | 'answering'>,
  ): ((question: string) => Observable<string>) =>
  (question) =>
    defer(() => {
      counts.billed++;
      counts.answering++;
      return from(model(question)).pipe(
        tap(() => counts.words++),
        finalize(() => counts.answering--),
      );
    });
