import fc from 'fast-check';

// A mutant has to be noticed only, and the first examples notice most of them. Looking for the smallest example that
// shows a mutant would take longer than all specs.
fc.configureGlobal({ endOnFailure: true, numRuns: 25 });
