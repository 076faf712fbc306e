import type { Job, TrialModule } from './trial';
import { runWarm, warmUp } from './warmUp';

const { trial: name, params, contender } = JSON.parse(process.argv[2] ?? '') as Job;
const { createTrial } = (await import(`./trials/${name}.ts`)) as TrialModule;
const trial = await createTrial(params, contender);
await trial.check();

const commands = {
  /** Answers with the number of runs: a message has to hold something. */
  'warm up': () => (trial.cold ? 0 : warmUp(trial.run)),
  // No collection is forced in between: it makes the engine forget what it has learnt of shapes.
  run: () => (trial.cold ? trial.run() : runWarm(trial.run)),
};

process.on('message', (command: keyof typeof commands) => {
  void Promise.resolve(commands[command]()).then((answer) => process.send?.(answer));
});
process.once('disconnect', () => process.exit());
process.send?.({ size: trial.size });
