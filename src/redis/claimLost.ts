/** Makes the error of a producer that has lost its claim. The readers of its answer have already received the end. */
export const claimLost = (key: string): Error =>
  new Error(`The claim on '${key}' is lost: it was not renewed in time, or the answer was stopped`);
