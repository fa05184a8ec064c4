/** Checks what a plugin is given, so that it is not given something else than was meant. */
import { EngineError } from '../engine-error.ts';
import { checkKind, kindOf } from '../option-kinds.ts';
import type { OptionKind } from '../../protocol/problems.ts';
import type { PluginOptions } from './plugin-host.ts';

/** Whether a plugin can be given a text as it is: zero bytes end it, and half a character is no UTF-8. */
function isWhole(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function checkArguments(args: readonly unknown[]): void {
  args.forEach((argument, index) => {
    checkKind(`args[${String(index)}]`, argument, 'text');
    if (!isWhole(argument as string)) throw new EngineError({ code: 'argument', argument: argument as string });
  });
}

function checkVariables(env: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(env)) {
    if (name === '' || name.includes('=') || !isWhole(name)) throw new EngineError({ code: 'variable-name', name });
    checkKind(`env[${JSON.stringify(name)}]`, value, 'text');
    if (!isWhole(value as string)) throw new EngineError({ code: 'variable-value', name });
  }
}

function checkStdin({ kind, bytes, channel }: Readonly<Record<string, unknown>>): void {
  switch (kind) {
    case 'nothing':
      return;
    case 'bytes':
      checkKind('stdin.bytes', bytes, 'bytes');
      return;
    case 'pipe':
    case 'terminal':
      checkKind('stdin.channel', channel, 'channel');
      return;
    default:
      throw new EngineError({
        code: 'stdin-kind',
        found: typeof kind === 'string' ? JSON.stringify(kind) : kindOf(kind),
      });
  }
}

const KINDS = {
  args: 'list',
  env: 'record',
  stdin: 'record',
  stdout: 'function',
  stderr: 'function',
  files: 'record',
  clocks: 'record',
  random: 'function',
  signal: 'signal',
} as const satisfies Partial<Record<keyof PluginOptions, OptionKind>>;

/** @throws EngineError for an option of another kind, and for text that a plugin would see changed */
export function checkOptions(options: PluginOptions): void {
  for (const [name, kind] of Object.entries(KINDS)) {
    const value = options[name as keyof typeof KINDS];
    if (value !== undefined) checkKind(name, value, kind);
  }
  if (options.clocks !== undefined) {
    checkKind('clocks.realtime', options.clocks.realtime, 'function');
    checkKind('clocks.monotonic', options.clocks.monotonic, 'function');
  }
  const { args = [], env = {}, stdin = { kind: 'nothing' }, files = {} } = options;
  checkArguments(args);
  checkVariables(env);
  checkStdin(stdin);
  for (const [path, bytes] of Object.entries(files)) checkKind(`files[${JSON.stringify(path)}]`, bytes, 'bytes');
}
