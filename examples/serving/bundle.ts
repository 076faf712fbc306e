import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** A script or a style sheet as a browser takes it. Made anew each time: whoever edits a page only has to reload it. */
export async function bundle(entry: URL): Promise<Uint8Array<ArrayBuffer>> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    format: 'esm',
    write: false,
  });
  return Buffer.concat(outputFiles.map(({ contents }) => contents));
}
