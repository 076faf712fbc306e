import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../examples/serving/freePort';
import { start } from './start';

/**
 * Starts a worker on workerd, configured as one that may use the network of this machine.
 *
 * @param program - The path of workerd.
 * @param folder - The folder of the worker, which receives its configuration.
 * @param file - The name of its one module.
 */
export async function startWorker(
  program: string,
  folder: string,
  file: string,
): Promise<{ readonly origin: string; readonly stop: () => void }> {
  const port = await freePort();
  const config = join(folder, 'worker.capnp');
  await writeFile(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (modules = [(name = "${file}", esModule = embed "${file}")], compatibilityDate = "2026-01-01")),
    (name = "internet", network = (allow = ["private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`,
  );
  const child = start(program, ['serve', config]);
  const stop = (): void => {
    child.kill('SIGKILL');
  };
  const origin = `http://127.0.0.1:${port}`;
  for (let turn = 0; turn < 100; turn++) {
    const up = await fetch(origin).then(
      () => true,
      () => new Promise<false>((resolve) => setTimeout(resolve, 100, false)),
    );
    if (up) return { origin, stop };
  }
  stop();
  throw new Error('workerd does not listen');
}
