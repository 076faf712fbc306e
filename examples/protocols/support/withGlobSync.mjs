// The conformance suite imports `globSync`, which the `fs` of Node 20 does not have, for a command that no spec uses.
import fs from 'node:fs';
import { register } from 'node:module';

const shim = "export * from 'node:fs'; export const globSync = undefined;";
const hooks = `export const resolve = (specifier, context, next) =>
  specifier === 'fs' && context.parentURL?.includes('/conformance/')
    ? { url: ${JSON.stringify(`data:text/javascript,${encodeURIComponent(shim)}`)}, shortCircuit: true }
    : next(specifier, context);`;
if (!('globSync' in fs)) register(`data:text/javascript,${encodeURIComponent(hooks)}`);
