/** The server-rendered elements of a sandbox that its script works with; see `components/Sandbox.astro`. */
export interface SandboxParts {
  readonly live: HTMLElement;
  readonly plugins: HTMLFieldSetElement;
  readonly tabs: HTMLElement;
  readonly sources: readonly HTMLElement[];
  readonly run: HTMLButtonElement;
  readonly stop: HTMLButtonElement;
  /** What the plugin does, and what the host does. */
  readonly state: HTMLElement;
  readonly hostState: HTMLElement;
  /** Why a run failed, in full. */
  readonly failure: HTMLElement;
  readonly announce: HTMLElement;
  readonly log: HTMLElement;
  readonly elided: HTMLElement;
  readonly stdin: HTMLFormElement;
  readonly line: HTMLInputElement;
  readonly send: HTMLButtonElement;
  readonly closeStdin: HTMLButtonElement;
  readonly queue: HTMLElement;
  readonly edit: HTMLButtonElement;
  readonly copyLink: HTMLButtonElement;
  readonly shareNote: HTMLElement;
  readonly transport: HTMLElement;
  /** Shows or folds what the code pane leaves out. */
  readonly wholeFile: HTMLButtonElement;
  readonly panel: HTMLElement;
  readonly panelTabs: HTMLElement;
  readonly timelinePanel: HTMLElement;
  readonly callsPanel: HTMLElement;
  readonly recordedPanel: HTMLElement;
  readonly homePanel: HTMLElement;
}

/** Finds the parts below `root`. @throws Error naming the selector that found nothing */
export function findParts(root: HTMLElement): SandboxParts {
  function find<T extends HTMLElement>(selector: string, type: new () => T): T {
    const found = root.querySelector(selector);
    if (found instanceof type) return found;
    throw new Error(
      `<${root.localName}>: expected ${type.name} at ${selector}, found ${found?.localName ?? 'nothing'}`,
    );
  }
  return {
    live: find('[data-part="live"]', HTMLElement),
    plugins: find('[data-part="plugins"]', HTMLFieldSetElement),
    tabs: find('[data-part="tabs"]', HTMLElement),
    sources: [...root.querySelectorAll<HTMLElement>('[data-source]')],
    run: find('[data-action="run"]', HTMLButtonElement),
    stop: find('[data-action="stop"]', HTMLButtonElement),
    state: find('[data-part="state"]', HTMLElement),
    hostState: find('[data-part="host-state"]', HTMLElement),
    failure: find('[data-part="failure"]', HTMLElement),
    announce: find('[data-part="announce"]', HTMLElement),
    log: find('[data-part="log"]', HTMLElement),
    elided: find('[data-part="elided"]', HTMLElement),
    stdin: find('[data-part="stdin"]', HTMLFormElement),
    line: find('input[name="line"]', HTMLInputElement),
    send: find('[data-action="send"]', HTMLButtonElement),
    closeStdin: find('[data-action="close-stdin"]', HTMLButtonElement),
    edit: find('[data-action="edit"]', HTMLButtonElement),
    copyLink: find('[data-action="copy-link"]', HTMLButtonElement),
    shareNote: find('[data-part="share-note"]', HTMLElement),
    queue: find('[data-part="queue"]', HTMLElement),
    transport: find('[data-part="transport"]', HTMLElement),
    wholeFile: find('[data-action="whole-file"]', HTMLButtonElement),
    panel: find('[data-part="panel"]', HTMLElement),
    panelTabs: find('[data-part="panel-tabs"]', HTMLElement),
    timelinePanel: find('[data-part="timeline-panel"]', HTMLElement),
    callsPanel: find('[data-part="calls-panel"]', HTMLElement),
    recordedPanel: find('[data-part="recorded-panel"]', HTMLElement),
    homePanel: find('[data-part="home-panel"]', HTMLElement),
  };
}
