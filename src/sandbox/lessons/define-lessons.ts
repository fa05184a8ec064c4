import { ChallengeElement } from './challenge-element.ts';
import { PredictionElement } from './prediction-element.ts';
import { SideBySideElement } from './side-by-side-element.ts';
import { VariantsElement } from '../element/variants-element.ts';

/** Defines the elements around sandboxes, once. */
export function defineLessons(): void {
  const elements = {
    'plugin-challenge': ChallengeElement,
    'plugin-prediction': PredictionElement,
    'plugin-variants': VariantsElement,
    'side-by-side': SideBySideElement,
  };
  for (const [name, element] of Object.entries(elements)) {
    if (customElements.get(name) === undefined) customElements.define(name, element);
  }
}
