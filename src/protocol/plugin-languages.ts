import { words } from '#words/languages';
import type { PluginLanguage } from './sandbox-data.ts';

/** As a reader is told of them. */
export const LANGUAGE_NAMES: Readonly<Record<PluginLanguage, string>> = words;

/** Of a plugin's source file, `plugin/main.<ending>`. */
export const SOURCE_ENDINGS: Readonly<Record<PluginLanguage, string>> = { go: 'go', c: 'c', rust: 'rs' };
