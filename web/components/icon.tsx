const shapes = {
  lock: 'M7 10V7a5 5 0 0 1 10 0v3h1a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zm2 0h6V7a3 3 0 0 0-6 0z',
  level: 'M4 20V14h4v6zm6 0V9h4v11zm6 0V4h4v16z',
  missing: 'M12 3 2 20h20zm-1 6h2v6h-2zm0 7.5h2v2h-2z',
  differ:
    'M3 7h14l-3-3 1.4-1.4L20.8 8l-5.4 5.4L14 12l3-3H3zm18 8H7l3-3-1.4-1.4L3.2 16l5.4 5.4L10 20l-3-3h14z',
  eye: 'M12 5C6.5 5 2.6 9.4 1 12c1.6 2.6 5.5 7 11 7s9.4-4.4 11-7c-1.6-2.6-5.5-7-11-7zm0 11a4 4 0 1 1 0-8 4 4 0 0 1 0 8zm0-2a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  none: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM7 11h10v2H7z',
  key: 'M14 3a7 7 0 0 0-6.7 9L2 17.3V22h5v-3h3v-3h1.6l1-1A7 7 0 1 0 14 3zm2.5 6.5a2 2 0 1 1 0-4 2 2 0 0 1 0 4z',
  done: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1.2 14.6L6.4 12.2l1.6-1.6 2.8 2.8 5.2-5.2 1.6 1.6z',
  pause: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM8.5 8h2.5v8H8.5zm4.5 0h2.5v8H13z',
  stop: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM8.5 8.5h7v7h-7z',
  ended:
    'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm4.2 12.8-1.4 1.4L12 13.4l-2.8 2.8-1.4-1.4 2.8-2.8-2.8-2.8 1.4-1.4 2.8 2.8 2.8-2.8 1.4 1.4-2.8 2.8z',
  clock: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 10.6 4 2.4-1 1.7-5-3V6h2z',
  camera:
    'M9 4 7.5 6H4a1 1 0 0 0-1 1v12a1 1 0 0 0 1 1h16a1 1 0 0 0 1-1V7a1 1 0 0 0-1-1h-3.5L15 4zm3 13a4.5 4.5 0 1 1 0-9 4.5 4.5 0 0 1 0 9zm0-2a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
} as const;

/** A sign beside words; the words say it all, so it is hidden from screen readers. */
export function Icon({ name }: { readonly name: keyof typeof shapes }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={shapes[name]} fill="currentColor" fillRule="evenodd" />
    </svg>
  );
}
