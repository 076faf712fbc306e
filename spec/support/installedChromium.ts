import { execFileSync } from 'node:child_process';

/** `CHROMIUM`, or what the system calls Chromium; nothing where there is none. */
export const installedChromium: string | undefined = process.env.CHROMIUM || found();

function found(): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'command -v chromium || command -v google-chrome']).toString().trim();
  } catch {
    return undefined;
  }
}

/** Flags that keep Chromium to itself: no sandbox as root, no look-ups in the background. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
