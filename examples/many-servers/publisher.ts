/** The one process that publishes: so many numbers, which it says once Redis has them. */
import { interval, map, take } from 'rxjs';
import { appendTo } from 'rxjs-http-streams';
import { redisLog } from 'rxjs-http-streams/redis';
import { connected } from './connected';

const [, , redisPort, count] = process.argv;

const redis = await connected(Number(redisPort));
interval(100)
  .pipe(
    map((index) => ({ data: String(index + 1) })),
    take(Number(count)),
    appendTo(redisLog(redis, 'numbers')),
  )
  .subscribe(({ data }) => process.send?.(Number(data)));
process.once('disconnect', () => process.exit());
