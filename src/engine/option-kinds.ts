import type { OptionKind } from '../protocol/problems.ts';
import { EngineError } from './engine-error.ts';

function has(value: unknown, name: string, type: string): boolean {
  return typeof value === 'object' && value !== null && typeof (value as Record<string, unknown>)[name] === type;
}

/** What an object calls itself, also one of another realm, of which `instanceof` knows nothing: `Uint8Array`, `Map`. */
function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

/** A value's kind as JavaScript names it. */
export function kindOf(value: unknown): string {
  return typeof value === 'object' ? tagOf(value) : typeof value;
}

const isKind: Readonly<Record<OptionKind, (value: unknown) => boolean>> = {
  list: Array.isArray,
  text: (value) => typeof value === 'string',
  record: (value) => tagOf(value) === 'Object',
  bytes: (value) => tagOf(value) === 'Uint8Array',
  'text-or-bytes': (value) => typeof value === 'string' || tagOf(value) === 'Uint8Array',
  function: (value) => typeof value === 'function',
  channel: (value) => has(value, 'wait', 'function') && has(value, 'read', 'function'),
  signal: (value) => has(value, 'aborted', 'boolean') && has(value, 'addEventListener', 'function'),
};

/** Checks what JavaScript, which has no types, has handed over. @throws EngineError naming the option */
export function checkKind(option: string, value: unknown, expected: OptionKind): void {
  if (!isKind[expected](value)) throw new EngineError({ code: 'option-kind', option, expected, found: kindOf(value) });
}
