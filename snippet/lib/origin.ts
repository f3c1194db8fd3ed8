/** The element where an event began, in a shadow tree, too; of an event that is over, the one that the page may know. */
export const origin = (event: Event): Element => (event.composedPath()[0] || event.target) as Element;
