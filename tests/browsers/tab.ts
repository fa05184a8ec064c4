/** What the tests need of a browser's driver, and no more: it is small, so that each driver's part is small. */

/** One tab of a browser that was never on this site before. */
export interface Tab {
  /** The browser's name, as the table of what ran where has it. */
  readonly browser: string;
  readonly version: string;
  /** Opens an address and waits until it has loaded. */
  goto(url: string): Promise<void>;
  /** Evaluates an expression in the page; waits if it is a promise. The value has to be JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** Clicks as a mouse does on the element that the expression gives. */
  click(expression: string): Promise<void>;
  /** Types as a keyboard does into the field that the expression gives, in place of what it holds. */
  fill(expression: string, text: string): Promise<void>;
  close(): Promise<void>;
}

/** A browser that is installed here. */
export interface InstalledBrowser {
  readonly openTab: () => Promise<Tab>;
  readonly close: () => Promise<void>;
}

/** The expression of a call in the page; the function may use nothing but its arguments and the page's globals. */
export function callInPage<Args extends readonly unknown[]>(
  fn: (...args: Args) => unknown,
  ...args: { readonly [Index in keyof Args]: InPage<Args[Index]> }
): string {
  return `(${String(fn)})(${args.map((arg) => (arg instanceof Expression ? arg.source : JSON.stringify(arg))).join(', ')})`;
}

/** An argument that is an expression in the page. */
export class Expression<Value> {
  readonly source: string;
  /** Only for the type. */
  declare readonly value: Value;

  constructor(source: string) {
    this.source = source;
  }
}

type InPage<Value> = Value | Expression<Value>;
