import type {
  BuildResult,
  CheckResult,
  FormatResult,
  PackPart,
  Refusal,
  SourceFile,
  Target,
  TooDeep,
} from '../protocol/toolchain.ts';
import { isStackOverflow } from '../engine/plugin/plugin-error.ts';
import { importConfig, makeJob, OUTPUT, packageFiles } from './source/compile-job.ts';
import { parseDiagnostics } from './diagnostics.ts';
import { FaultError } from './fault-error.ts';
import { limitMemory } from './limit-memory.ts';
import { readExports, readObjects, type Exports } from './pack-index.ts';
import { runCommand, type Command, type CommandResult } from './run-command.ts';

/** Gives a part of the pack, not compressed. */
export type LoadPart = (part: PackPart) => Promise<Uint8Array<ArrayBuffer>>;

/** Told when a tool begins to work on a target, and with undefined when it has ended. */
export type OnWork = (on: Target | undefined) => void;

/** A program that compiled. */
interface Compiled {
  readonly kind: 'compiled';
  /** The linker's input. */
  readonly archive: Uint8Array;
  readonly milliseconds: number;
}

type Built = Extract<BuildResult, { kind: 'built' }>;
type Right = Extract<CheckResult, { kind: 'ok' }>;

/** What the last program of a target came to, as far as was asked. */
interface Remembered {
  readonly files: readonly SourceFile[];
  readonly result: Right | Compiled | Built | Refusal;
}

/** The compiler found errors in the program. Other statuses are its own trouble. */
const STATUS_ERRORS = 2;

const encoder = new TextEncoder();

function sameFile(a: SourceFile, b: SourceFile | undefined): boolean {
  if (a.name !== b?.name) return false;
  if ('text' in a) return 'text' in b && a.text === b.text;
  if ('text' in b || a.bytes.length !== b.bytes.length) return false;
  return a.bytes.every((byte, index) => byte === b.bytes[index]);
}

function sameFiles(a: readonly SourceFile[], b: readonly SourceFile[]): boolean {
  return a.length === b.length && a.every((file, index) => sameFile(file, b[index]));
}

/** Loads something once; a failure is forgotten, so that the next call tries again. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

/**
 * The Go compiler, linker and gofmt. Their modules are kept, their memory is not; the last program of each target is kept
 * compiled, so that what was compiled ahead need only be linked.
 */
export class GoToolchain {
  readonly #compiler: () => Promise<WebAssembly.Module>;
  readonly #linker: () => Promise<WebAssembly.Module>;
  readonly #gofmt: () => Promise<WebAssembly.Module>;
  readonly #exports: () => Promise<Exports>;
  readonly #objects: () => Promise<ReadonlyMap<string, Uint8Array>>;
  readonly #remembered = new Map<Target, Remembered>();

  readonly #onWork: OnWork;

  constructor(load: LoadPart, onWork: OnWork = () => undefined) {
    this.#onWork = onWork;
    const module = (part: PackPart): (() => Promise<WebAssembly.Module>) =>
      once(async () => WebAssembly.compile(await load(part)));
    this.#compiler = module('compile');
    this.#linker = module('link');
    this.#gofmt = module('format');
    this.#exports = once(async () => readExports(await load('exports')));
    this.#objects = once(async () => readObjects(await load('objects')));
  }

  /** Loads parts ahead of their use. */
  async prepare(parts: readonly PackPart[]): Promise<void> {
    const loaders: Readonly<Record<PackPart, () => Promise<unknown>>> = {
      compile: this.#compiler,
      exports: this.#exports,
      format: this.#gofmt,
      link: this.#linker,
      objects: this.#objects,
    };
    await Promise.all(parts.map((part) => loaders[part]()));
  }

  /** See `Toolchain.check`. */
  async check(target: Target, files: readonly SourceFile[]): Promise<CheckResult> {
    const known = this.#recall(target, files);
    if (known === undefined) return this.#remember(target, files, await this.#runCompiler(target, files, 'check'));
    return known.kind === 'compiled' || known.kind === 'built' ? { kind: 'ok', milliseconds: 0 } : known;
  }

  /** Compiles a program ahead of `build`. */
  async compile(target: Target, files: readonly SourceFile[]): Promise<Compiled | Built | Refusal> {
    const known = this.#recall(target, files);
    if (known !== undefined && known.kind !== 'ok') return known;
    return this.#remember(target, files, await this.#runCompiler(target, files, 'compile'));
  }

  /** See `Toolchain.build`. What was built stays here too, so that its bytes are a copy. */
  async build(target: Target, files: readonly SourceFile[]): Promise<BuildResult> {
    const before = this.#recall(target, files)?.kind;
    const compiled = await this.compile(target, files);
    const built = compiled.kind === 'compiled' ? await this.#link(target, files, compiled) : compiled;
    if (built.kind !== 'built') return built;
    const milliseconds = {
      compile: before === 'compiled' || before === 'built' ? 0 : built.milliseconds.compile,
      link: before === 'built' ? 0 : built.milliseconds.link,
    };
    return { ...built, wasm: built.wasm.slice(), milliseconds };
  }

  async #link(target: Target, files: readonly SourceFile[], compiled: Compiled): Promise<Built | Refusal> {
    const [module, objects] = await Promise.all([this.#linker(), this.#objects()]);
    const started = performance.now();
    const linked = this.#run(target, {
      module,
      args: ['link', '-o', 'main.wasm', '-importcfg', 'importcfg', '-buildmode=exe', '-s', '-w', OUTPUT],
      files: { ...packageFiles(objects), importcfg: importConfig(objects), [OUTPUT]: compiled.archive },
      writes: 'main.wasm',
    });
    const link = performance.now() - started;
    return this.#remember(target, files, readLinked(target, linked, { compile: compiled.milliseconds, link }));
  }

  /** See `Toolchain.format`. */
  async format(file: { readonly name: string; readonly text: string }): Promise<FormatResult> {
    const module = await this.#gofmt();
    const { status, stdout, stderr } = runCommand({
      module,
      args: ['gofmt', file.name],
      files: { [file.name]: encoder.encode(file.text) },
    });
    if (status === 0) return { kind: 'formatted', text: stdout };
    return { kind: 'diagnostics', diagnostics: parseDiagnostics(stderr) };
  }

  #recall(target: Target, files: readonly SourceFile[]): Remembered['result'] | undefined {
    const remembered = this.#remembered.get(target);
    return remembered !== undefined && sameFiles(remembered.files, files) ? remembered.result : undefined;
  }

  #remember<Result extends Remembered['result']>(target: Target, files: readonly SourceFile[], result: Result): Result {
    this.#remembered.set(target, { files, result });
    return result;
  }

  /** Runs a tool on a target's program. */
  #run(target: Target, command: Command): CommandResult | TooDeep {
    this.#onWork(target);
    try {
      return runCommand(command);
    } catch (error) {
      if (isStackOverflow(error)) return { kind: 'too-deep' };
      throw error;
    } finally {
      this.#onWork(undefined);
    }
  }

  async #runCompiler<Mode extends 'check' | 'compile'>(
    target: Target,
    files: readonly SourceFile[],
    mode: Mode,
  ): Promise<(Mode extends 'check' ? Right : Compiled) | Refusal>;
  async #runCompiler(
    target: Target,
    files: readonly SourceFile[],
    mode: 'check' | 'compile',
  ): Promise<Right | Compiled | Refusal> {
    const [module, exports] = await Promise.all([this.#compiler(), this.#exports()]);
    const started = performance.now();
    const job = makeJob(files, exports, target);
    if (job.kind !== 'job') return job;
    // The variable is the overlay's, see examples/internal/toolchain.
    const env = mode === 'check' ? ['TYPECHECK_ONLY=1'] : [];
    const { args, files: given } = job;
    const ended = this.#run(target, { module, args, files: given, env, writes: OUTPUT });
    if ('kind' in ended) return ended;
    const { status, written } = ended;
    const milliseconds = performance.now() - started;
    if (status !== 0) return readErrors(ended);
    if (job.notLinked !== undefined) return job.notLinked;
    if (mode === 'check') return { kind: 'ok', milliseconds };
    if (written === undefined) throw brokeDown(ended);
    return { kind: 'compiled', archive: written, milliseconds };
  }
}

/** Go's runtime gave up, in a tool that was compiled by Go: it panicked, or has no memory or stack left. */
const GAVE_UP = /^(?:fatal error|panic|runtime): (?<reason>.*)$/mu;

/** What a compiler that has failed says of the program. @throws FaultError if it is its own trouble */
function readErrors(ended: CommandResult): Refusal {
  const said = ended.stdout + ended.stderr;
  const reason = GAVE_UP.exec(said)?.groups?.['reason'];
  if (reason !== undefined && /stack (?:overflow|exceeds)/u.test(said)) return { kind: 'too-deep' };
  if (reason !== undefined && /out of memory|cannot allocate/u.test(reason)) {
    throw new FaultError({ code: 'out-of-memory', detail: reason });
  }
  const diagnostics = parseDiagnostics(said);
  if (reason !== undefined || diagnostics.length === 0 || ended.status !== STATUS_ERRORS) throw brokeDown(ended);
  return { kind: 'diagnostics', diagnostics };
}

/** A failure's first lines; a stack of goroutines may follow them. */
const TOLD_CHARACTERS = 300;

function brokeDown({ status, stdout, stderr }: CommandResult): FaultError {
  return new FaultError({
    code: 'compiler-broke-down',
    status,
    said: (stdout + stderr).trim().slice(0, TOLD_CHARACTERS),
  });
}

/** What came of a linker. */
function readLinked(
  target: Target,
  linked: CommandResult | TooDeep,
  milliseconds: Built['milliseconds'],
): Built | Refusal {
  if ('kind' in linked) return linked;
  const { status, stdout, stderr, written } = linked;
  if (status !== 0 || written === undefined) {
    const message = (stderr + stdout).trim();
    return { kind: 'link-error', message: message === '' ? `link: exit status ${String(status)}` : message };
  }
  const wasm = target === 'host' ? limitMemory(written) : written;
  return 'kind' in wasm ? wasm : { kind: 'built', wasm, milliseconds };
}
