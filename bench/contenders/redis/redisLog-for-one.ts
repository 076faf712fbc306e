import type { OpenFeed } from './feed';
import { open as openLog } from './redisLog';

/** The same with a single reader, to see what grows with readers. */
export const open: OpenFeed = (feed) => openLog({ ...feed, readers: 1 });
