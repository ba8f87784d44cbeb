const pauseMilliseconds = 250;

/**
 * Does something once more when it failed. Browsers drop what they are loading whenever an address of the machine changes,
 * and on the machine that functions run on that happens with each new execution environment.
 */
export async function againIfLost<Result>(attempt: () => Promise<Result>, isLost: (error: unknown) => boolean = () => true): Promise<Result> {
  try {
    return await attempt();
  } catch (error) {
    if (!isLost(error)) throw error;
    await new Promise((done) => setTimeout(done, pauseMilliseconds));
    return attempt();
  }
}
