import { defineSandbox } from '../element/define-sandbox.ts';
import { PlaygroundElement } from './playground-element.ts';

/** Defines `<plugin-playground>`, once; its sandbox before it. */
export function definePlayground(): void {
  defineSandbox();
  if (customElements.get('plugin-playground') === undefined) {
    customElements.define('plugin-playground', PlaygroundElement);
  }
}
