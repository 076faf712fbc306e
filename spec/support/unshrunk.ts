import fc from 'fast-check';

// A mutant has to be noticed only: looking for the smallest example that shows it takes longer than all the specs.
fc.configureGlobal({ endOnFailure: true });
