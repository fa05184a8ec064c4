/** What a page says of a transcript's variants. */
import type { TranscriptVariant } from '../protocol/transcript.ts';

/** A sentence for each variant: the condition, and what happens then. */
export const variantWords: Readonly<Record<TranscriptVariant, string>> = {
  'cgo hangs': 'Linux with a C compiler: hangs, without a word.',
};
