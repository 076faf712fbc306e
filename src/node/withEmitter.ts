/** Turns a function that takes an emitter into a listener, which all emitters of a kind can share. */
export const withEmitter = <T>(callback: (emitter: T) => void) =>
  function (this: T): void {
    callback(this);
  };
