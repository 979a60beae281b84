const shapes = {
  lock: 'M7 10V7a5 5 0 0 1 10 0v3h1a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zm2 0h6V7a3 3 0 0 0-6 0z',
  level: 'M4 20V14h4v6zm6 0V9h4v11zm6 0V4h4v16z',
  missing: 'M12 3 2 20h20zm-1 6h2v6h-2zm0 7.5h2v2h-2z',
  differ:
    'M3 7h14l-3-3 1.4-1.4L20.8 8l-5.4 5.4L14 12l3-3H3zm18 8H7l3-3-1.4-1.4L3.2 16l5.4 5.4L10 20l-3-3h14z',
  eye: 'M12 5C6.5 5 2.6 9.4 1 12c1.6 2.6 5.5 7 11 7s9.4-4.4 11-7c-1.6-2.6-5.5-7-11-7zm0 11a4 4 0 1 1 0-8 4 4 0 0 1 0 8zm0-2a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  none: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM7 11h10v2H7z',
} as const;

/** A sign beside words; the words say it all, so it is hidden from screen readers. */
export function Icon({ name }: { readonly name: keyof typeof shapes }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={shapes[name]} fill="currentColor" fillRule="evenodd" />
    </svg>
  );
}
