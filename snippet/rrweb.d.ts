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
      adds?: { parentId: number }[];
      removes?: { parentId: number }[];
      texts?: { id: number }[];
      attributes?: { id: number }[];
    };
  }

  interface RecordOptions {
    emit: (event: RrwebEvent) => void;
    checkoutEveryNms?: number;
    blockClass?: string;
    blockSelector?: string;
    maskTextClass?: string;
    maskTextSelector?: string;
    maskTextFn?: (text: string, element: Element | null) => string;
    /** By tag name or by type; a tag name masks every type of it. */
    maskInputOptions?: Record<string, boolean>;
    maskInputFn?: (text: string, element: HTMLElement) => string;
    sampling?: { mousemove?: number; mousemoveCallback?: number; scroll?: number; media?: number };
    slimDOMOptions?: Record<string, boolean>;
    inlineStylesheet?: boolean;
    /** True: swallowed. */
    errorHandler?: (error: unknown) => boolean;
  }

  export const record: {
    (options: RecordOptions): (() => void) | undefined;
    addCustomEvent(tag: string, payload: unknown): void;
    takeFullSnapshot(isCheckout?: boolean): void;
    mirror: { getNode(id: number): Node | null };
  };
}
