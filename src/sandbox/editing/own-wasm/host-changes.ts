/** What a reader's host is given for a plugin that needs more than WASI: as Go, in its source, where it can be read and changed. */
import { featuresCode, type SwitchedFeature } from './wasm-features.ts';
import type { FunctionType } from './outline.ts';

/** A function that a plugin asks of its own host. */
export interface ForeignFunction extends FunctionType {
  readonly module: string;
  readonly name: string;
}

/** What a plugin needs of its host. */
export interface HostNeeds {
  readonly foreign: readonly ForeignFunction[];
  readonly features: readonly SwitchedFeature[];
}

/** A host as it was changed, or why it can't be. */
export type ChangedHost =
  | { readonly kind: 'changed'; readonly source: string }
  /** This was looked for in the source. */
  | { readonly kind: 'no-place'; readonly expected: string }
  /** This function has a type that Go's types do not have. */
  | { readonly kind: 'no-type'; readonly name: string };

/** Value types (core specification, 5.3.5) as wazero's `WithFunc` takes them. */
const GO_TYPES: ReadonlyMap<number, string> = new Map([
  [0x7f, 'uint32'],
  [0x7e, 'uint64'],
  [0x7d, 'float32'],
  [0x7c, 'float64'],
  [0x6f, 'uintptr'],
]);

const WASI = /^([ \t]*)\w+\.MustInstantiate\((\w+), (\w+)\).*\n/mu;
const OFFERS = /\n\/\/ offerFunctions [^]*?\n\}\n/u;
const CALL = /^[ \t]*offerFunctions\(.*\n/mu;
const FLAGS = /\bWithCoreFeatures\([^)]*\)/u;
const CONFIG = /wazero\.NewRuntimeConfig(?:Interpreter|Compiler)?\(\)/u;
const RUNTIME = /wazero\.NewRuntime\((\w+)\)/u;
const WAZERO = 'github.com/tetratelabs/wazero';

/** Gives a host what a plugin needs. What it was given before makes room. */
export function changeHost(source: string, { foreign, features }: HostNeeds): ChangedHost {
  let changed = source.replace(OFFERS, '').replace(CALL, '');
  if (foreign.length > 0) {
    const odd = foreign.find(({ params, results }) => [...params, ...results].some((type) => !GO_TYPES.has(type)));
    if (odd !== undefined) return { kind: 'no-type', name: odd.name };
    if (!WASI.test(changed)) return { kind: 'no-place', expected: 'wasi.MustInstantiate(ctx, r)' };
    changed = changed.replace(WASI, (line, indent: string, context: string, runtime: string) =>
      [line, indent, `offerFunctions(${context}, ${runtime})\n`].join(''),
    );
    changed += offersOf(foreign);
  }
  if (features.length === 0) return { kind: 'changed', source: changed };
  // As gofmt has it: no spaces around an operator that stands deeper.
  const code = featuresCode(features).replaceAll(' ', '');
  if (FLAGS.test(changed)) {
    changed = changed.replace(FLAGS, code);
  } else if (CONFIG.test(changed)) {
    changed = changed.replace(CONFIG, (config) => `${config}.${code}`);
  } else if (RUNTIME.test(changed)) {
    changed = changed.replace(
      RUNTIME,
      (_, context: string) => `wazero.NewRuntimeWithConfig(${context}, wazero.NewRuntimeConfig().\n\t\t${code})`,
    );
  } else return { kind: 'no-place', expected: 'wazero.NewRuntime(ctx)' };
  return { kind: 'changed', source: withImports(changed, [`${WAZERO}/api`, `${WAZERO}/experimental`]) };
}

/** The function that offers them, as gofmt has it. */
function offersOf(foreign: readonly ForeignFunction[]): string {
  const lines = [
    '',
    '// offerFunctions is what the plugin asks of its host besides WASI. Here each',
    '// function returns 0.',
    'func offerFunctions(ctx context.Context, r wazero.Runtime) {',
  ];
  const modules = new Map<string, Map<string, ForeignFunction>>();
  for (const one of foreign) {
    const functions = modules.get(one.module) ?? new Map<string, ForeignFunction>();
    modules.set(one.module, functions.set(one.name, one));
  }
  for (const [module, functions] of modules) {
    lines.push(`\tif _, err := r.NewHostModuleBuilder(${goString(module)}).`);
    for (const one of functions.values()) {
      lines.push(`\t\tNewFunctionBuilder().WithFunc(${zeroFunction(one)}).Export(${goString(one.name)}).`);
    }
    lines.push('\t\tInstantiate(ctx); err != nil {', '\t\tpanic(err)', '\t}');
  }
  return `${lines.join('\n')}\n}\n`;
}

/** A name as a string of Go; both languages have these escapes. */
function goString(text: string): string {
  return JSON.stringify(text);
}

function zeroFunction({ params, results }: FunctionType): string {
  const goType = (type: number): string => GO_TYPES.get(type) ?? '';
  const given = ['context.Context', ...params.map(goType)].join(', ');
  if (results.length === 0) return `func(${given}) {}`;
  const types = results.map(goType).join(', ');
  const zeros = results.map(() => '0').join(', ');
  return `func(${given}) ${results.length === 1 ? types : `(${types})`} { return ${zeros} }`;
}

/** Adds imports that are not there, behind wazero's own. */
function withImports(source: string, paths: readonly string[]): string {
  const missing = paths.filter((path) => !source.includes(`"${path}"`));
  return source.replace(`\t"${WAZERO}"\n`, (line) => line + missing.map((path) => `\t"${path}"\n`).join(''));
}
