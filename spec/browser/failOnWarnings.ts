/** The longest that a timer can wait, in milliseconds: WHATWG HTML §8.7 makes a 32-bit `long` of its delay. */
const LONGEST = 2 ** 31 - 1;

// A browser says nothing of a delay that overflows: the timer fires at once, and a wait becomes a hot loop. What is
// reported here the runner takes for an error that nobody handled, and fails the run, as it does for a rejection.
for (const name of ['setTimeout', 'setInterval'] as const) {
  const watched = new Proxy(globalThis[name] as (...args: unknown[]) => unknown, {
    apply(schedule, self, args: unknown[]) {
      const delay = Number(args[1] ?? 0);
      if (!(delay >= 0 && delay <= LONGEST)) reportError(new RangeError(`${name}: a delay of ${delay} ms`));
      return Reflect.apply(schedule, self, args);
    },
  });
  Object.assign(globalThis, { [name]: watched });
}
