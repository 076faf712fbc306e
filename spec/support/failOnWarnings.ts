/** Warnings of Node that mean a leak or a hot loop. */
const FAULTS = [
  'MaxListenersExceededWarning',
  'TimeoutNaNWarning',
  'TimeoutNegativeWarning',
  'TimeoutOverflowWarning',
];

function failOnWarning(warning: Error): void {
  // Out of everyone's reach: the runner takes it for an error that nobody handled, and fails the run.
  if (FAULTS.includes(warning.name)) throw warning;
}

// Spec files that share a process each run this file.
const listens = process.listeners('warning').some(({ name }) => name === failOnWarning.name);
if (!listens) process.on('warning', failOnWarning);
