import { readFileSync } from 'node:fs';

const { homepage = '' } = JSON.parse(
  readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'),
) as { homepage?: string };

/** The address of the documentation: `homepage` of package.json, unless that is the README of a repository. */
export const site = siteOf(homepage);

/** Returns the address of a site, with a slash at its end. */
export function siteOf(address: string): URL | undefined {
  if (!URL.canParse(address) || address.includes('#')) return undefined;
  return new URL(address.replace(/\/*$/, '/'));
}
