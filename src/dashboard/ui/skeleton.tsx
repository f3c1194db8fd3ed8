interface Props {
  /** CSS lengths; it takes exactly the place of what will come. */
  width?: string;
  height?: string;
}

/** Keeps the place of something on its way. */
export function Skeleton({ width = '100%', height = '1em' }: Props) {
  return <span class="skeleton" style={{ width, height }} aria-hidden="true" />;
}
