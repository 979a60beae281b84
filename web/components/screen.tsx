import { type ReactNode, useEffect, useRef } from 'react';
import { useTexts } from '../texts/use-texts.ts';

interface ScreenProps {
  readonly title: string;
  /** What stands in the window's title, where the heading greets instead. */
  readonly windowTitle?: string;
  /** One column in the middle, for a screen that is one form. */
  readonly narrow?: boolean;
  readonly children: ReactNode;
}

/** A screen: names itself in the window's title, and takes the focus to its heading when it appears. */
export function Screen({ title, windowTitle = title, narrow = false, children }: ScreenProps) {
  const { frame } = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${windowTitle} | ${frame.product}`;
  }, [windowTitle, frame.product]);
  useEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <main id="main" className={narrow ? 'narrow' : undefined}>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </main>
  );
}
