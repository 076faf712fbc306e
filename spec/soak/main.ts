import process from 'node:process';

/** Runs what lasts: a crowd of clients that come and go, or with `--hostile` clients that mean harm. */
await import(process.argv.includes('--hostile') ? './hostile/main' : './crowd');
