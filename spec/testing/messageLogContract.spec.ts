import { memoryLog } from 'rxjs-http-streams';
import { messageLogContract } from 'rxjs-http-streams/testing';
import { describe, it } from 'vitest';
import { slowLog } from '../support/slowLog';

describe('messageLogContract', () => {
  for (const { name, run } of messageLogContract(() => memoryLog())) it(`holds for memoryLog: ${name}`, run);

  for (const { name, run } of messageLogContract(() => slowLog(1))) it(`holds for a slow log: ${name}`, run);
});
