import type { Job, TrialModule } from './trial';

/** Runs before the first that counts, or seconds, whichever is over first: the engine has optimised by then. */
const WARM_UP_RUNS = 3;
const WARM_UP_SECONDS = 1.5;

const { trial: name, params, contender } = JSON.parse(process.argv[2] ?? '') as Job;
const { createTrial } = (await import(`./trials/${name}.ts`)) as TrialModule;
const trial = await createTrial(params, contender);
await trial.check();
const start = process.cpuUsage().user;
for (let run = 0; !trial.cold && run < WARM_UP_RUNS; run++) {
  await trial.run();
  if (process.cpuUsage().user - start > WARM_UP_SECONDS * 1e6) break;
}

process.on('message', () => {
  // No collection is forced in between: it makes the engine forget what it has learnt of shapes.
  void trial.run().then((measures) => process.send?.(measures));
});
process.once('disconnect', () => process.exit());
process.send?.({ size: trial.size });
