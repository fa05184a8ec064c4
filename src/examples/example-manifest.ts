import { z } from 'astro/zod';
import { ExampleError } from './example-error.ts';

/**
 * What can be wrong in a host, so that a plugin or the host waits for ever, or does not wait where it should. The host's
 * region `cause` has the lines.
 */
export const FAULTS = {
  'eof-too-early': 'The stream says EOF where more is to come: it cannot wait.',
  'never-closed': 'Nobody closes the pipe, so whoever reads it never hears that there is no more.',
  'nobody-reads': 'Nobody reads the pipe, or not yet, so a write to it waits.',
  'one-pipe-for-both': 'One pipe is stdin and stdout: whoever reads it takes what was meant for the other.',
  'both-write-first': 'Host and plugin write first, and each waits until the other reads.',
  'half-a-message': 'What is sent is not all that the reader waits for.',
  'closed-too-early': 'The runtime is closed while a plugin of it waits: what the plugin needs next is gone.',
  'context-unheard': 'What waits does not hear the context, which ends without it.',
} as const;

/** `examples/<name>/example.json`. The comment on a field is its reference. */
const exampleManifestSchema = z.strictObject({
  /** Heading of the sandbox. */
  title: z.string().min(1),
  /** One sentence: what a run shows. */
  summary: z.string().min(1),
  /** Languages the plugin is written in; each needs its `plugin/main.go`, `.c` or `.rs`. The first is the one picked at the start. */
  plugins: z.array(z.enum(['go', 'c', 'rust'])).min(1),
  /** What the reader does in the recorded session, in the transcript's notation: `< Ada`, `< half\`, `^D`, `^C`. */
  acts: z.array(z.string().regex(/^(?:< .*|<|\^D|\^C)$/u, 'expected "< text", "^D" or "^C"')),
  /** A flood is cut after this many lines of output. */
  cutAfterLines: z.int().positive().optional(),
  /** `in-order`: stdout and stderr compare as one sequence; `by-stream`: each on its own, since their order may vary. */
  compare: z.enum(['in-order', 'by-stream']),
  /** Where the example can run; what a browser cannot have is recorded natively only. */
  runsIn: z.array(z.enum(['native', 'page'])).min(1),
  /** What the plugin has as stdin, named in the timeline. */
  stdin: z.enum(['nothing', 'buffer', 'pipe', 'terminal']).optional(),
  /** Whether the host reads its own stdin. If not, the sandbox has no input. */
  readsStdin: z.boolean(),
  /** Time decides which calls the plugin makes: a timer, or a timeout that ends it. What it prints stays the same. */
  timed: z.boolean().optional(),
  /** What is wrong in the host, whose region `cause` marks it. None where the host is right. */
  fault: z.enum(Object.keys(FAULTS) as (keyof typeof FAULTS)[]).optional(),
});

/** A validated `example.json`. */
export type ExampleManifest = z.infer<typeof exampleManifestSchema>;

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/u, 'expected 64 hexadecimal digits');

/** `public/wasm/manifest.json`, written by `npm run wasm`. */
const artefactManifestSchema = z.strictObject({
  /** Released version of wazero in the hosts. */
  wazero: z.string().startsWith('v'),
  /** The toolchains. */
  go: z.string().min(1),
  clang: z.string().min(1),
  rust: z.string().min(1),
  artefacts: z.record(
    z.string(),
    z.strictObject({
      /** File name beside the manifest. */
      file: z.string().min(1),
      /** Size in bytes, not compressed. */
      bytes: z.int().positive(),
      sha256: sha256Schema,
      /** SHA-256 over the source files that went in. */
      sources: sha256Schema,
    }),
  ),
});

/** A validated `public/wasm/manifest.json`. */
export type ArtefactManifest = z.infer<typeof artefactManifestSchema>;

/**
 * The name under which the site has an artefact: with its content hash, so that it can be kept for good. In `public/wasm` it
 * has none, so that git stores of a new version what has changed.
 */
export function publishedName({ file, sha256 }: ArtefactManifest['artefacts'][string]): string {
  return file.replace(/\.wasm$/u, `.${sha256.slice(0, 8)}.wasm`);
}

/** `examples/at-home.json`: lines for a Unix shell, with WAZERO for the version and EXAMPLE for the example's name. */
const atHomeSchema = z.strictObject({
  /** Make the module. */
  module: z.array(z.string().min(1)).min(1),
  /** Build the plugin, by its language. */
  plugins: z.strictObject({ go: z.string().min(1), c: z.string().min(1), rust: z.string().min(1) }),
  /** The same for a plugin whose functions the host calls. */
  reactors: z.strictObject({ go: z.string().min(1), c: z.string().min(1) }),
  /** Builds and runs the host. */
  run: z.string().min(1),
});

/**
 * Parses `at-home.json`.
 * @param source the file's text
 * @param file its path, for messages
 * @throws ExampleError naming the file and every key at fault
 */
export function parseAtHome(source: string, file: string): z.infer<typeof atHomeSchema> {
  return parseJson(atHomeSchema, source, file);
}

/**
 * Parses an `example.json`.
 * @param source the file's text
 * @param file its path, for messages
 * @throws ExampleError naming the file and every key at fault
 */
export function parseExampleManifest(source: string, file: string): ExampleManifest {
  return parseJson(exampleManifestSchema, source, file);
}

/**
 * Parses `public/wasm/manifest.json`.
 * @throws ExampleError naming the file and every key at fault
 */
export function parseArtefactManifest(source: string, file: string): ArtefactManifest {
  return parseJson(artefactManifestSchema, source, file);
}

function parseJson<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape, z.core.$strict>,
  source: string,
  file: string,
): z.infer<typeof schema> {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (cause) {
    throw new ExampleError(file, `expected JSON: ${String(cause)}`, { cause });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => describeIssue(issue, Object.keys(schema.shape)));
  throw new ExampleError(file, problems.join('; '));
}

function describeIssue(issue: z.core.$ZodIssue, known: readonly string[]): string {
  const at = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => JSON.stringify(key)).join(', ');
    const where = at === '' ? '' : ` in ${JSON.stringify(at)}`;
    const hint = at === '' ? `; the keys are ${known.join(', ')}` : '';
    return `unknown key ${names}${where}${hint}`;
  }
  return `key ${JSON.stringify(at)}: ${issue.message}`;
}
