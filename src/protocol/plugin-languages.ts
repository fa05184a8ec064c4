import type { PluginLanguage } from './sandbox-data.ts';

/** As a reader is told of them. */
export const LANGUAGE_NAMES: Readonly<Record<PluginLanguage, string>> = { go: 'Go', c: 'C', rust: 'Rust' };

/** Of a plugin's source file, `plugin/main.<ending>`. */
export const SOURCE_ENDINGS: Readonly<Record<PluginLanguage, string>> = { go: 'go', c: 'c', rust: 'rs' };
