const paths = {
  play: <path d="M4.5 2.6v10.8a.6.6 0 0 0 .9.5l8.6-5.4a.6.6 0 0 0 0-1L5.4 2.1a.6.6 0 0 0-.9.5z" fill="currentColor" />,
  pause: <path d="M4 2.5h2.6v11H4zM9.4 2.5H12v11H9.4z" fill="currentColor" />,
  again: <path d="M3.2 8a4.8 4.8 0 1 0 1.6-3.6M4.6 1.8v2.9h2.9" />,
  back: <path d="M8 4H5.2M8 4l-3.4 0L7 1.6M4.6 4L7 6.4M5.4 4h3a4.5 4.5 0 1 1-4.3 5.8" />,
  forward: <path d="M8 4h2.8M11.4 4L9 1.6M11.4 4L9 6.4M10.6 4h-3a4.5 4.5 0 1 0 4.3 5.8" />,
  next: <path d="M3.5 3.2v9.6L10 8zM12 3v10" />,
  previous: <path d="M12.5 3.2v9.6L6 8zM4 3v10" />,
  full: <path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10" />,
  small: <path d="M6 2.5V6H2.5M13.5 6H10V2.5M10 13.5V10h3.5M2.5 10H6v3.5" />,
  link: (
    <path d="M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.3-2.3a2.6 2.6 0 0 0-3.7-3.7l-.9.9M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.2 9.1a2.6 2.6 0 0 0 3.7 3.7l.9-.9" />
  ),
  left: <path d="M10 3L5 8l5 5" />,
  more: <path d="M3 8h.01M8 8h.01M13 8h.01" stroke-width="2.4" />,
  page: <path d="M4 1.8h5.2L12.5 5v9.2H4zM9 2v3.2h3.3" />,
  event: <path d="M8 1.8l1.8 4 4.4.5-3.3 2.9.9 4.3L8 11.3l-3.8 2.2.9-4.3L1.8 6.3l4.4-.5z" />,
  click: <path d="M6 6l7 2.8-3 1.2L8.8 13zM3 6.5H1.5M4 3.5L2.8 2.3M6.5 3V1.5M9 3.8l1-1.2" />,
  error: <path d="M8 2l6.4 11.4H1.6zM8 6.4v3.2M8 11.6v.01" />,
  rage: <path d="M8.8 1.6L3.6 9h3.2l-.8 5.4L12.4 7H8.6z" fill="currentColor" />,
  dead: <path d="M3.4 3.4l9.2 9.2M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z" />,
  form: <path d="M2.5 3.5h11v3.2h-11zM2.5 9.8h5M10 9.4l3.4 3.4M13.4 9.4L10 12.8" />,
  slow: <path d="M8 1.9a6.1 6.1 0 1 0 0 12.2A6.1 6.1 0 0 0 8 1.9zM8 4.6V8l2.3 1.6" />,
  note: <path d="M3 2.5h10v8l-3.2 3H3zM13 10.5H9.8v3M5.5 5.5h5M5.5 8h3" />,
  cross: <path d="M4 4l8 8M12 4l-8 8" />,
  gap: <path d="M2 8h3M11 8h3M6.5 5v6M9.5 5v6" />,
} as const;

export type IconName = keyof typeof paths;

/** A small line drawing; decoration beside or inside something that has a name. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      stroke-width="1.4"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {paths[name]}
    </svg>
  );
}
