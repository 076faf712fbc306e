/** The reader of a contender: its process loads this one and none of the others. */
export async function loadReader<R>(format: string, contender: string): Promise<R> {
  const { read } = (await import(`../contenders/${format}/${contender}.ts`)) as { read: R };
  return read;
}
