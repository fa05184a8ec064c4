/** The site's search: what a reader types who has the bug, and the page that is offered first. */
import { expect, test } from './fixtures/test.ts';

/** What is typed, the title of the page that should come first, and why that one. */
const questions = [
  // What EOF is, and which answers of a reader a plugin takes for it.
  ['EOF', 'What a read can say'],
  // Four wirings end in this message of Go. Only there are all four.
  ['deadlock', 'Troubleshooting'],
  ['all goroutines are asleep', 'Troubleshooting'],
  // Who looks for the method wants to know what to give it.
  ['WithStdin', 'Which stream?'],
  // What a buffer says to a plugin, when it is right, and when it is not.
  ['bytes.Buffer', 'Buffers end'],
  // Who has set one has seen that it wakes nobody.
  ['timeout', 'Never wait for ever'],
  // Go's own words on a host without poll_oneoff; and those hosts.
  ['poll_oneoff failed', 'Troubleshooting'],
  ['wasmtime', 'Other hosts'],
  ['node:wasi', 'Other hosts'],
] as const;

test('the search offers the right page first', { tag: '@any-address' }, async ({ page }) => {
  await page.goto('reference/glossary/');
  await page.getByRole('button', { name: 'Search' }).first().click();
  const dialog = page.getByRole('dialog');
  for (const [words, title] of questions) {
    await dialog.getByPlaceholder('Search').fill(words);
    // The line above the results repeats the words, so these are the results of this question and not of the last.
    await expect(dialog.getByText(new RegExp(`results? for ${words}$`, 'u'))).toBeVisible();
    await expect(dialog.getByRole('link').first(), `for “${words}”`).toHaveText(title);
  }
});
