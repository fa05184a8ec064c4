import { words } from '#words/timeline';
import { LANGUAGE_NAMES } from '../../protocol/plugin-languages.ts';
import type { TraceRecording } from '../../protocol/trace.ts';
import { formatTranscript, type TranscriptStep } from '../../protocol/transcript.ts';
import { traceOfRecording } from '../trace/recorded-trace.ts';
import type { Wiring } from './model.ts';
import { Timeline } from './timeline.ts';

/** A recording that a page refers to. */
export interface RecordingPlace {
  readonly url: string;
  readonly example: string;
  readonly language: string;
  readonly title: string;
  readonly transcript: readonly TranscriptStep[];
  readonly wiring: Wiring;
  /** The timeline comes behind it. */
  readonly after: Element;
}

const LANGUAGES: Readonly<Record<string, string>> = LANGUAGE_NAMES;
const SYSTEMS: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', windows: 'Windows' };

/** Shows the calls that were recorded natively. @throws Error for the reader */
export async function showRecording({
  url,
  example,
  language,
  title,
  transcript,
  wiring,
  after,
}: RecordingPlace): Promise<Timeline> {
  const response = await fetch(url).catch(() => undefined);
  if (response?.ok !== true) throw new Error(words.recordings.noAnswer);
  // Built from examples/<name>/trace.json.
  const recording = (await response.json()) as TraceRecording;
  const run = recording.plugins[language];
  if (run === undefined) throw new Error(words.recordings.noPlugin(language));
  const system = SYSTEMS[recording.os] ?? recording.os;
  const timeline = new Timeline(
    {
      title: words.facts.recordedTitle(title),
      facts: words.facts.recorded(LANGUAGES[language] ?? language, system, recording.wazero, recording.command),
      wiring,
      recorded: true,
      file: `${example}-${language}-recorded`,
      session: () => formatTranscript(transcript),
    },
    { behind: after },
  );
  timeline.show(traceOfRecording(run));
  return timeline;
}
