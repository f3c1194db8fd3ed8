/**
 * What we use of rrweb's recorder. Its own typings import the package `rrweb`, which is not installed: it would drag a
 * CSS parser into the page.
 */
declare module '@rrweb/record' {
  interface RrwebEvent {
    /** 2 full snapshot, 3 increment, 4 meta, 5 custom. */
    type: number;
    timestamp: number;
    data: {
      /** Of an increment: 0 mutation, 3 scroll, 5 input … */
      source?: number;
      /** Of a meta event: the page's address. */
      href?: string;
      /** Of an input: whose, and whether a box is checked. */
      id?: number;
      isChecked?: boolean;
      /** Of an event of our own: its name, and what it says. */
      tag?: string;
      payload?: unknown;
      isAttachIframe?: boolean;
      /** Of an interaction: which. */
      type?: number;
      /** Of a full snapshot: the document. */
      node?: unknown;
      adds?: { parentId: number; nextId?: null; node?: unknown }[];
      removes?: { parentId: number }[];
      texts?: { id: number }[];
      attributes?: { id: number; attributes?: Record<string, unknown> }[];
    };
  }

  interface RecordOptions {
    emit: (event: RrwebEvent) => void;
    blockClass?: string;
    blockSelector?: string;
    maskTextClass?: string;
    maskTextSelector?: string;
    maskTextFn?: (text: string, element: Element | null) => string;
    /** By tag name or by type; a tag name masks every type of it. */
    maskInputOptions?: Record<string, boolean>;
    maskInputFn?: (text: string, element: HTMLElement) => string;
    sampling?: { mousemove?: number; mousemoveCallback?: number; scroll?: number };
    /** Runs every handler: of events, of mutations, of what it wraps in the page (`local/leanRrweb.ts`). */
    around?: (run: (...args: never[]) => unknown, args: unknown[]) => unknown;
  }

  export const record: {
    (options: RecordOptions): (() => void) | undefined;
    takeFullSnapshot(isCheckout?: boolean): void;
    mirror: { getNode(id: number): Node | null; getId(node: Node): number };
    /** Says what is in a field of the page, if it isn't what was said last (`local/leanRrweb.ts`). */
    field(field: Element): void;
  };
}
