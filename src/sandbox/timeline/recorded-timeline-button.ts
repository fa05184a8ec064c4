import { words } from '#words/sandbox';
import type { PluginLanguage, SandboxData } from '../../protocol/sandbox-data.ts';
import type { Timeline } from './timeline.ts';

/** Makes the button of a recorded session show its calls, of the plugin that is chosen then. */
export function enableRecordedTimeline(button: HTMLButtonElement): void {
  const sandbox = button.closest('plugin-sandbox');
  const session = button.closest('[data-part="recording"]');
  const script = sandbox?.querySelector('script[data-part="data"]');
  if (sandbox === null || session === null || script === null || script === undefined) return;
  // Rendered by Sandbox.astro from the same type.
  const data = JSON.parse(script.textContent) as SandboxData;
  const showsCalls = button.textContent;
  let shown: Timeline | undefined;
  button.hidden = false;
  button.addEventListener('click', () => {
    if (shown !== undefined) {
      shown.remove();
      shown = undefined;
      button.textContent = showsCalls;
      return;
    }
    const chosen = sandbox.querySelector<HTMLInputElement>('[data-part="plugins"] input:checked');
    const language: PluginLanguage = (chosen?.value ?? 'go') as PluginLanguage;
    import('./recorded-timeline.ts')
      .then(({ showRecording }) =>
        showRecording({
          url: button.dataset['url'] ?? '',
          example: data.example,
          language,
          title: sandbox.querySelector('.sandbox-title')?.textContent ?? data.example,
          transcript: data.transcript,
          wiring: data,
          after: session.lastElementChild ?? session,
        }),
      )
      .then(
        (timeline) => {
          shown = timeline;
          button.textContent = words.recording.hideCalls;
        },
        (error: unknown) => {
          button.textContent = error instanceof Error ? error.message : String(error);
        },
      );
  });
}
