/**
 * As much of the DOM as the journeys look at. Functions that run inside a page are written in files of this room, where
 * the types of browsers are not at hand: nothing else here may take a browser for granted.
 */
export interface PageNode {
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<PageNode>;
}

/** An element. */
export interface PageElement extends PageNode {
  readonly children: Iterable<PageElement>;
  readonly nextElementSibling: PageElement | null;
  readonly id: string;
  readonly lang: string;
  /** Of pictures. */
  readonly alt: string;
  /** Of times. */
  readonly dateTime: string;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly querySelector: (selector: string) => PageElement | null;
  readonly querySelectorAll: (selector: string) => Iterable<PageElement>;
  readonly closest: (selector: string) => PageElement | null;
  readonly cloneNode: (deep: true) => PageElement;
  readonly getBoundingClientRect: () => { readonly left: number; readonly right: number };
  readonly normalize: () => void;
  readonly remove: () => void;
}

/** The globals of a page. */
export interface PageWindow {
  readonly document: Pick<PageElement, 'querySelector' | 'querySelectorAll'> & {
    readonly documentElement: PageElement;
    readonly activeElement: PageElement | null;
    readonly cookie: string;
    readonly getAnimations: () => readonly { readonly playState: string }[];
  };
  readonly innerWidth: number;
}
