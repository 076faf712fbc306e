import { chromium } from 'playwright';
import { chromiumFlags, installedChromium } from '../../spec/support/installedChromium.ts';

/** Starts the installed Chromium. */
export const launch = () => chromium.launch({ executablePath: installedChromium, args: chromiumFlags });

/** Looks of the site: a phone and a desktop, each light and dark. */
export const LOOKS = [
  { name: 'phone, light', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { name: 'phone, dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
  { name: 'desktop, light', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { name: 'desktop, dark', viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
];

/** Collects the errors that a page reports. An address that is missing on purpose is none. */
export function errorsOf(page, missing = []) {
  const errors = [];
  page.on('pageerror', (error) => errors.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (missing.some((path) => message.location().url.endsWith(path))) return;
    errors.push(`console: ${message.text()}`);
  });
  return errors;
}
