import { type RefObject, useLayoutEffect } from 'react';

/**
 * The heading a person is nearest to: where the focus goes when the thing that had it is gone, so that keyboard and
 * screen reader go on where they were and not at the top of the page.
 */
export function headingNear(element: Element | null): HTMLElement | null {
  return (
    element?.closest('section')?.querySelector<HTMLElement>('h2[tabindex]') ??
    document.querySelector<HTMLElement>('main h1')
  );
}

/** When a thing goes away while it has the focus, hands the focus to the heading near it. */
export function useFocusHandedOn(thing: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = thing.current;
    return () => {
      if (element !== null && document.activeElement === element) {
        headingNear(element)?.focus({ preventScroll: true });
      }
    };
  }, [thing]);
}
