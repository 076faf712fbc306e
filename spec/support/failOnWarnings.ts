/** Warnings of Node that mean a leak or a hot loop. */
const FAULTS = [
  'MaxListenersExceededWarning',
  'TimeoutNaNWarning',
  'TimeoutNegativeWarning',
  'TimeoutOverflowWarning',
];

process.on('warning', (warning) => {
  // Out of everyone's reach: the runner takes it for an error that nobody handled, and fails the run.
  if (FAULTS.includes(warning.name)) throw warning;
});
