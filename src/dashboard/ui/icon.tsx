/** Small marks, drawn: fonts differ in which of them they have. Decoration; what it means is said beside it. */
const PATHS = {
  up: 'M6 2.5l4.5 7.5h-9z',
  down: 'M6 9.5L1.5 2h9z',
  chevron: 'M2 4l4 4.5L10 4z',
  play: 'M3 1.5v9L10.5 6z',
  dots: 'M2 5a1 1 0 110 2 1 1 0 010-2zm4 0a1 1 0 110 2 1 1 0 010-2zm4 0a1 1 0 110 2 1 1 0 010-2z',
  cross: 'M2.4 1.6L6 5.2l3.6-3.6.8.8L6.8 6l3.6 3.6-.8.8L6 6.8l-3.6 3.6-.8-.8L5.2 6 1.6 2.4z',
  flag: 'M2 1h8L8 4.5 10 8H2z',
  check: 'M4.6 9.9L1.2 6.5l1-1 2.4 2.4 5.2-5.8 1 1z',
  person: 'M6 1.2a2.5 2.5 0 110 5 2.5 2.5 0 010-5zM1.5 10.8c0-2.4 2-3.8 4.5-3.8s4.5 1.4 4.5 3.8z',
  arrow: 'M6.6 2.2l3.8 3.8-3.8 3.8-.8-.8 2.4-2.4H1.5V5.4h6.7L5.8 3z',
} as const;

interface Props {
  name: keyof typeof PATHS;
  /** Pixels; 12 by default. */
  size?: number;
}

export function Icon({ name, size = 12 }: Props) {
  return (
    <svg
      class={name === 'arrow' ? 'icon-mark onward' : 'icon-mark'}
      viewBox="0 0 12 12"
      width={size}
      height={size}
      aria-hidden="true"
    >
      <path d={PATHS[name]} fill="currentColor" />
    </svg>
  );
}
