import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ui as words } from '../words/ui.ts';
import { toast } from './toast.tsx';

/**
 * A component whose code comes when it is first shown: dialogs, rare states. Nothing is shown until it is here.
 *
 *     const KeyHelp = later(() => import('./key-help.tsx').then((module) => module.KeyHelp));
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let known: ComponentType<Props> | undefined;
  return function Later(props: Props) {
    // A component is a function, which a state would call for its first value.
    const [, setLoaded] = useState(() => known);
    useEffect(() => {
      if (known) return;
      load().then(
        (component) => {
          known = component;
          setLoaded(() => component);
        },
        () => toast(words.notLoaded, { bad: true }),
      );
    }, []);
    const Known = known;
    return Known ? <Known {...props} /> : null;
  };
}
