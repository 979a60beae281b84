import { useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { Icon } from '../../components/icon.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import type { AuditCase } from '../audit/case-reference.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';
import { CaseForm } from './case-form.tsx';

/** On every screen: under which case one looks, and that the look is written down. */
export function CaseBar({ reference, onRenamed }: AuditCase) {
  const { cases } = useConsoleTexts();
  const { frame } = useTexts();
  const [isChanging, setChanging] = useState(false);
  return (
    <div className="case-bar">
      <div className="case-bar-inner">
        <p className="case-name">
          <span className="case-term">{cases.current}</span> <strong>{reference}</strong>
          <button
            type="button"
            className="link"
            aria-label={cases.changeLabel}
            onClick={() => setChanging(true)}
          >
            {cases.change}
          </button>
        </p>
        <p className="case-watched">
          <Icon name="lock" /> {cases.watched}
        </p>
      </div>
      {isChanging && (
        <Dialog title={cases.changeTitle} onClose={() => setChanging(false)}>
          <p>{cases.changeNext}</p>
          <CaseForm
            start={reference}
            submit={cases.change}
            onNamed={(given) => {
              setChanging(false);
              if (given !== reference) onRenamed(given);
            }}
          >
            <button type="button" className="button quiet" onClick={() => setChanging(false)}>
              {frame.cancel}
            </button>
          </CaseForm>
        </Dialog>
      )}
    </div>
  );
}
