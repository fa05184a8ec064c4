/** Assertions that run in Node and in browsers alike. */

function show(value: unknown): string {
  const text = JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'bigint') return `${String(part)}n`;
    return part instanceof Map ? [...(part as Map<unknown, unknown>)] : part;
  }) as string | undefined;
  return text ?? String(value);
}

/** @throws Error if the two do not look the same */
export function expectEqual(found: unknown, expected: unknown, about = 'value'): void {
  if (show(found) !== show(expected)) throw new Error(`${about}: expected ${show(expected)}, found ${show(found)}`);
}

/** @throws Error saying `what` if it is not so */
export function expectTrue(isSo: boolean, what: string): asserts isSo {
  if (!isSo) throw new Error(`expected ${what}`);
}

/** @throws Error if the promise does not reject with an error whose message matches */
export async function expectRejection(promise: Promise<unknown>, message: RegExp): Promise<void> {
  let found: unknown = 'no error';
  try {
    await promise;
  } catch (error) {
    found = error instanceof Error ? error.message : error;
  }
  if (typeof found !== 'string' || !message.test(found)) {
    throw new Error(`expected an error like ${String(message)}, found ${show(found)}`);
  }
}
