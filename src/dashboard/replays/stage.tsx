import css from '@rrweb/replay/dist/style.css?inline';
import { useEffect, useRef, useState } from 'preact/hooks';
import { picture as words } from '../words/picture.ts';
import type { Size } from './projector.ts';

/** Makes a place for a picture in the stage's document. */
export type MakePlace = () => HTMLElement;

/** A small window is shown larger on a large screen, but not like a poster. */
const LARGEST = 1.5;

/** What is shown may besides be written in the recording itself. */
const POLICY = {
  'style-src': "'unsafe-inline'",
  'img-src': 'data: blob:',
  'font-src': 'data:',
  'media-src': 'data: blob:',
};

function policyOf(hosts: string[]): string {
  return Object.entries(POLICY)
    .map(([what, own]) => [what, own, ...hosts].join(' '))
    .join(';');
}

interface Props {
  /** Its document's text, where no server has it. */
  document?: string | undefined;
  /** See `picture_hosts` of a site; undefined while it isn't known, and nothing is shown. */
  hosts: string[] | undefined;
  /** Of the recorded page, in its own pixels; null before it is known. */
  size: Size | null;
  onReady: (place: MakePlace) => void;
}

/**
 * Where the picture is. A document of its own, without scripts and with a policy of its own (`public/stage.html`): what was
 * recorded is somebody else's, and may load pictures and styles, which the dashboard's own policy forbids.
 */
export function Stage({ document: own, hosts, size, onReady }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [there, setThere] = useState(false);
  const ready = useRef(onReady);
  ready.current = onReady;

  useEffect(() => {
    const document = frame.current?.contentDocument;
    if (!there || !hosts || !document) return;
    if (hosts.length > 0) {
      // What is built within from now on inherits it, beside the stage's own policy.
      const policy = document.createElement('meta');
      policy.httpEquiv = 'Content-Security-Policy';
      policy.content = policyOf(hosts);
      document.head.append(policy);
    }
    const style = document.createElement('style');
    style.textContent = css;
    document.head.append(style);
    ready.current(() => {
      const place = document.createElement('div');
      place.className = 'place';
      document.body.append(place);
      return place;
    });
  }, [there, hosts !== undefined]);

  const loaded = () => {
    const document = frame.current?.contentDocument;
    if (document?.body && document.title === 'Stage') setThere(true);
  };

  useEffect(() => {
    const box = frame.current;
    if (!box || !size) return;
    const scaleToBox = () => {
      const scale = Math.min(box.clientWidth / size.width, box.clientHeight / size.height, LARGEST);
      const left = (box.clientWidth - size.width * scale) / 2;
      const top = (box.clientHeight - size.height * scale) / 2;
      for (const place of box.contentDocument?.querySelectorAll<HTMLElement>('.place') ?? [])
        place.style.transform = `translate(${Math.max(0, left)}px, ${Math.max(0, top)}px) scale(${scale})`;
    };
    scaleToBox();
    const watch = new ResizeObserver(scaleToBox);
    watch.observe(box);
    const added = new MutationObserver(scaleToBox);
    if (box.contentDocument) added.observe(box.contentDocument.body, { childList: true });
    return () => {
      watch.disconnect();
      added.disconnect();
    };
  }, [size]);

  return (
    <iframe
      ref={frame}
      class="stage"
      {...(own === undefined ? { src: '/stage' } : { srcdoc: own })}
      sandbox="allow-same-origin"
      title={words.stage}
      tabIndex={-1}
      onLoad={loaded}
    />
  );
}
