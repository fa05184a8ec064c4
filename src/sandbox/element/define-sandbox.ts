import { SandboxElement } from './sandbox-element.ts';

/** Defines `<plugin-sandbox>`, once. */
export function defineSandbox(): void {
  if (customElements.get('plugin-sandbox') === undefined) customElements.define('plugin-sandbox', SandboxElement);
}
