import { type ReactNode, useId } from 'react';
import type { SourceFieldsFragment } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { VerifiedLine } from './source-line.tsx';

/** How a document stands, in words and by colour. */
export interface Standing {
  readonly text: string;
  readonly tone: 'good' | 'bad' | 'plain';
}

interface DocumentFrameProps {
  /** Which paper it looks like. */
  readonly look: 'card' | 'passport' | 'residence' | 'licence' | 'vehicle' | 'social' | 'health' | 'visa';
  readonly heading: string;
  /** The line above the heading, as on the paper. */
  readonly kicker?: string;
  readonly standing?: Standing | null;
  readonly source: SourceFieldsFragment | null | undefined;
  readonly children: ReactNode;
}

/** A document drawn so that a person recognises it, marked as synthetic. */
export function DocumentFrame({ look, heading, kicker, standing, source, children }: DocumentFrameProps) {
  const { frame } = useTexts();
  const id = useId();
  return (
    <article className={`document ${look}`} aria-labelledby={id}>
      <header className="document-head">
        <div>
          {kicker !== undefined && <p className="document-kicker">{kicker}</p>}
          <h3 id={id}>{heading}</h3>
        </div>
        <div className="document-marks">
          {standing != null && <span className={`badge ${standing.tone}`}>{standing.text}</span>}
          {source?.synthetic === true && <span className="badge mark">{frame.syntheticMark}</span>}
        </div>
      </header>
      <div className="document-body">{children}</div>
      <VerifiedLine source={source} />
    </article>
  );
}
