import { BEGINNING } from './plan';

/** One client, over all of its connections: what it has seen last, and what went wrong so far. */
export class CountingReader {
  lastEventId = BEGINNING;
  lost = 0;
  doubled = 0;
  damaged = 0;

  get last(): number {
    return Number(this.lastEventId);
  }

  take({ id, data }: { readonly id: string; readonly data: string }): void {
    const n = Number(id);
    if (!data.startsWith(`{"n":${n},`)) this.damaged++;
    if (n <= this.last) {
      this.doubled++;
      return;
    }
    this.lost += n - this.last - 1;
    this.lastEventId = id;
  }
}
