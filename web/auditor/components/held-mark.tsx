/** A tick beside words that say what holds. */
export function HeldMark() {
  return (
    <svg className="icon mark-held" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M9.5 16.6 4.9 12l-2 2 6.6 6.5L21.6 8.3l-2-2z" fill="currentColor" />
    </svg>
  );
}
