/** Samples by chance that can be repeated: what is checked at full length by `npm run deep` is sampled by `npm test`. */
import { createHash, randomInt } from 'node:crypto';
import process from 'node:process';

/** The seed of this run: SEED of the environment, or a fresh one, which is a whole number below 2^31. */
export function seedOfRun(): number {
  const given = process.env['SEED'];
  if (given === undefined || given === '') return randomInt(2 ** 31);
  const seed = Number(given);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 31) {
    throw new Error(`Expected SEED to be a whole number from 0 to 2147483647, found ${JSON.stringify(given)}.`);
  }
  return seed;
}

/**
 * @param count how many; all of them if there are fewer
 * @returns members of `all`, chosen by the seed, in their order
 */
export function sample<T>(all: readonly T[], count: number, seed: number): T[] {
  const left = all.map((_, index) => index);
  const chosen: number[] = [];
  let state = seed;
  while (chosen.length < count && left.length > 0) {
    // Numerical Recipes' generator; its high bits are the good ones.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    chosen.push(...left.splice(Math.floor((state / 2 ** 32) * left.length), 1));
  }
  return chosen
    .sort((one, other) => one - other)
    .flatMap((index) => {
      const member = all[index];
      return member === undefined ? [] : [member];
    });
}

/** Whether this run checks all there is: `npm run deep` does. */
export function isDeep(env: NodeJS.ProcessEnv = process.env): boolean {
  return env['DEEP'] === 'true';
}

/**
 * What this run checks of a list: all of it when it is deep, or when nobody has chosen a seed, as where one test file runs by
 * itself; else a sample.
 * @param name of the list; lists of one run draw each for itself
 * @param count how many, in a run that samples
 */
export function sampleOfRun<T>(
  name: string,
  all: readonly T[],
  count: number,
  env: NodeJS.ProcessEnv = process.env,
): T[] {
  const seed = env['SEED'];
  if (isDeep(env) || seed === undefined || seed === '') return [...all];
  const mixed = createHash('sha256').update(`${seed} ${name}`).digest().readUInt32LE();
  return sample(all, count, mixed);
}
