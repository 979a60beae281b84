import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** The room a chart has: it is drawn in the pixels it gets, so that its words keep their size on every screen. */
export interface ChartPlace {
  /** Pixels. */
  readonly width: number;
  /** Pixels of the letters in it. */
  readonly em: number;
}

/** Measures an element, and again whenever its size or the size of the letters changes. */
export function usePlace(): readonly [RefObject<HTMLDivElement | null>, ChartPlace] {
  const element = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<ChartPlace>({ width: 0, em: 14 });
  useLayoutEffect(() => {
    const box = element.current;
    if (box === null) return;
    const measure = (): void => {
      const em = Number.parseFloat(getComputedStyle(box).fontSize);
      setPlace((last) =>
        last.width === box.clientWidth && last.em === em ? last : { width: box.clientWidth, em },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    observer.observe(document.documentElement);
    return () => observer.disconnect();
  }, []);
  return [element, place];
}
