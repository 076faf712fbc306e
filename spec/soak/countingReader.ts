/** One client, over all of its connections: what it has seen last, and what went wrong so far. */
export class CountingReader {
  lastEventId = '';
  last = 0;
  lost = 0;
  doubled = 0;
  damaged = 0;

  take({ id, data }: { readonly id: string; readonly data: string }): void {
    this.lastEventId = id;
    const n = Number(/^\{"n":(\d+),"text":"[^"]+"\}$/.exec(data)?.[1] ?? NaN);
    if (Number.isNaN(n)) {
      this.damaged++;
      return;
    }
    if (n <= this.last) {
      this.doubled++;
      return;
    }
    this.lost += n - this.last - 1;
    this.last = n;
  }
}
