/** The error of a producer that may not go on: who follows it has been told that it is gone. */
export const claimLost = (key: string): Error =>
  new Error(`The claim on '${key}' is lost: it was not renewed in time, or the answer was stopped`);
