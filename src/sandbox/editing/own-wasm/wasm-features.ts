/**
 * What came to WebAssembly after its version 2.0, as far as it can be seen in a module. wazero v1.12.0 has some of it behind a
 * flag of its host (experimental/features.go), and some not at all.
 */

/** Behind a flag: the name that wazero's package `experimental` has for it, behind `CoreFeatures`. */
export const SWITCHED = {
  exceptions: 'ExceptionHandling',
  'tail-call': 'TailCall',
  'extended-const': 'ExtendedConst',
  threads: 'Threads',
  'function-references': 'TypedFunctionReferences',
} as const;

/** What a host can switch on. */
export type SwitchedFeature = keyof typeof SWITCHED;

/** What no host of wazero can run. */
export const MISSING = ['gc', 'memory64', 'multi-memory', 'relaxed-simd', 'legacy-exceptions'] as const;

export type MissingFeature = (typeof MISSING)[number];

export type WasmFeature = SwitchedFeature | MissingFeature;

export function isMissing(feature: WasmFeature): feature is MissingFeature {
  return !(feature in SWITCHED);
}

/** What the host's runtime is to be given, in Go. */
export function featuresCode(features: readonly SwitchedFeature[]): string {
  const flags = features.map((feature) => `experimental.CoreFeatures${SWITCHED[feature]}`);
  return `WithCoreFeatures(${['api.CoreFeaturesV2', ...flags].join(' | ')})`;
}
