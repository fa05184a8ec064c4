/** WebKitGTK over WebDriver, in its own MiniBrowser on a display that nobody sees. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import process from 'node:process';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { Builder, WebElement } from 'selenium-webdriver';
import { findProgram } from './find-program.ts';
import type { InstalledBrowser, Tab } from './tab.ts';

/** What to install, said in full. */
export const webkitAdvice =
  'Expected WebKitGTK’s WebKitWebDriver and MiniBrowser, and Xvfb, found them not all. ' +
  'On Debian: `apt-get install webkit2gtk-driver xvfb`. WebKit is tested on Linux only.';

/** The longest that the page may take for one answer, in milliseconds. */
const scriptTimeout = 240_000;

const startWithinMs = 10_000;

/** Starts WebKit's driver; undefined if it isn't here. */
export async function startWebKit(): Promise<InstalledBrowser | undefined> {
  const driver = findProgram('WEBKIT_DRIVER', ['WebKitWebDriver']);
  const binary = globSync('/usr/lib/{*/,}webkit2gtk-4.{1,0}/MiniBrowser').sort().at(-1);
  const xvfb = findProgram('XVFB', ['Xvfb']);
  if (driver === undefined || binary === undefined || xvfb === undefined) return undefined;

  const display = await startDisplay(xvfb);
  const port = await freePort();
  const address = `http://127.0.0.1:${String(port)}`;
  const service = spawn(driver, [`--port=${String(port)}`], {
    env: { ...process.env, DISPLAY: display.name },
    stdio: 'ignore',
  });
  await answers(`${address}/status`);
  return {
    openTab: async (): Promise<Tab> => {
      // Under automation each session is a browser of its own, without anything of an earlier visit.
      const session = await new Builder()
        .usingServer(address)
        .withCapabilities({
          browserName: 'MiniBrowser',
          'webkitgtk:browserOptions': { binary, args: ['--automation'] },
        })
        .build();
      await session.manage().setTimeouts({ script: scriptTimeout });
      const version = (await session.getCapabilities()).getBrowserVersion() ?? 'unknown';
      const element = async (expression: string): Promise<WebElement> => {
        const found: unknown = await session.executeScript(`return ${expression}`);
        if (!(found instanceof WebElement)) throw new Error(`expected an element, found none by ${expression}`);
        // The driver scrolls too, but does not wait for the end of a smooth scroll.
        await session.executeScript('arguments[0].scrollIntoView({ block: "center", behavior: "instant" })', found);
        return found;
      };
      return {
        browser: 'WebKitGTK',
        version,
        goto: (url) => session.get(url),
        evaluate: async (expression) => {
          const answer: { readonly value?: unknown; readonly error?: string } = await session.executeAsyncScript(
            `const done = arguments[0];
             Promise.resolve().then(() => ${expression})
               .then((value) => done({ value }), (error) => done({ error: String(error) }));`,
          );
          if (answer.error !== undefined) throw new Error(answer.error);
          return answer.value;
        },
        click: async (expression) => {
          await (await element(expression)).click();
        },
        fill: async (expression, text) => {
          const field = await element(expression);
          await field.clear();
          // The driver takes no empty text.
          if (text !== '') await field.sendKeys(text);
        },
        close: () => session.quit(),
      };
    },
    close: async () => {
      await end(service);
      await display.close();
    },
  };
}

/** Starts a display on the first free number. */
async function startDisplay(xvfb: string): Promise<{ readonly name: string; readonly close: () => Promise<void> }> {
  // Without -noreset it starts over when a browser has closed, and the next one may find no display.
  const server = spawn(xvfb, ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  // It writes its number when it can be used.
  const numberPipe = server.stdio[3] as Readable;
  numberPipe.setEncoding('utf8');
  const [number] = (await Promise.race([
    once(numberPipe, 'data'),
    once(server, 'exit').then(() => {
      throw new Error('Xvfb ended before it had a display');
    }),
  ])) as [string];
  return {
    name: `:${number.trim()}`,
    close: () => end(server),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}

/** Resolves when a server answers; nothing tells when it begins to listen. */
async function answers(url: string): Promise<void> {
  const deadline = performance.now() + startWithinMs;
  for (;;) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await setTimeout(20);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
