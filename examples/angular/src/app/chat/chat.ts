import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { Subject, catchError, endWith, map, merge, of, scan, startWith, switchMap, takeWhile } from 'rxjs';
import type { Observable } from 'rxjs';
import { isHttpStatusError } from 'rxjs-http-streams';
import { Answers } from './answers';

interface Turn {
  readonly id: number;
  readonly question: string;
  readonly text: string;
  readonly state: 'answering' | 'finished' | 'stopped' | 'cut off' | 'refused';
}

@Component({
  selector: 'app-chat',
  template: `
    <p class="lead">
      Words appear as they come. Stop aborts the request, and the server stops thinking. An answer that was
      cut off is never taken for a whole one.
    </p>
    <ol class="turns">
      @for (turn of turns(); track turn.id) {
        <li>
          <p class="question">{{ turn.question }}</p>
          <div class="sheet answer" aria-live="polite">
            <p>{{ turn.text || '…' }}</p>
            <span class="state" [class]="turn.state">{{ turn.state }}</span>
          </div>
        </li>
      } @empty {
        <li class="hint">Ask something; with the word “cut” the model breaks down.</li>
      }
    </ol>
    <form (submit)="ask($event, question)">
      <input #question aria-label="Question" placeholder="Your question" autocomplete="off" required />
      @if (answering()) {
        <button type="button" (click)="stops.next()">Stop</button>
      } @else {
        <button class="main" type="submit">Ask</button>
      }
    </form>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Chat {
  private readonly answers = inject(Answers);
  private readonly questions = new Subject<string>();
  protected readonly stops = new Subject<void>();

  // Asking again and leaving the page abort the request, too.
  protected readonly turns = toSignal(
    this.questions.pipe(
      switchMap((question, id) => this.turn(id, question)),
      scan((turns, turn) => [...turns.slice(0, turn.id), turn], [] as readonly Turn[]),
    ),
    { initialValue: [] },
  );

  protected readonly answering = computed(() => this.turns().at(-1)?.state === 'answering');

  protected ask(event: Event, input: HTMLInputElement): void {
    event.preventDefault();
    this.questions.next(input.value);
    input.value = '';
  }

  private turn(id: number, question: string): Observable<Turn> {
    const word = (word: string): Pick<Turn, 'text' | 'state'> => ({ text: word, state: 'answering' });
    const end = (state: Turn['state']): Pick<Turn, 'text' | 'state'> => ({ text: '', state });
    return merge(
      this.answers.to(question).pipe(
        map(word),
        endWith(end('finished')),
        catchError((error: unknown) => of(end(isHttpStatusError(error) ? 'refused' : 'cut off'))),
      ),
      this.stops.pipe(map(() => end('stopped'))),
    ).pipe(
      takeWhile(({ state }) => state === 'answering', true),
      startWith(word('')),
      scan((turn: Turn, { text, state }) => ({ ...turn, text: turn.text + text, state }), {
        id,
        question,
        ...word(''),
      }),
    );
  }
}
