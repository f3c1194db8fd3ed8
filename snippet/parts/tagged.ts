import { origin } from '../lib/origin.ts';
import type { Part } from '../lib/part.ts';

/** Elements that say which event they are: `data-footfall-event`, `-prop-…`, `-amount`, `-currency`; and a page that is a 404. */
export const tagged: Part = (footfall, on) => {
  const tell = (element: Element | null) => {
    if (!element) return;
    const said: Record<string, string> = {};
    const props: Record<string, string> = {};
    for (const { name, value } of element.attributes) {
      const [, prop, other] = /^data-footfall-(?:prop-(.+)|(.+))/.exec(name) || [];
      if (prop) props[prop] = value;
      if (other) said[other] = value;
    }
    const { event = '', amount, currency } = said;
    footfall(event, props, amount && currency ? { amount, currency } : undefined);
  };
  on<MouseEvent>('click auxclick', (event) => {
    const element = origin(event).closest('[data-footfall-event]');
    if (event.button < 2 && element?.localName !== 'form') tell(element);
  });
  on('submit', ({ target }) => {
    const form = target as Element;
    if (form.matches('[data-footfall-event]')) tell(form);
  });
  if (document.querySelector('meta[name=footfall][content="404"]')) footfall('404');
};
