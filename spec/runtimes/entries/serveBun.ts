import { handle } from '../handler';

declare const Bun: {
  serve(options: { port: number; hostname: string; fetch: typeof handle }): { readonly port: number };
};

console.log(Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: handle }).port);
