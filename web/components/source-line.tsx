import { formatDate, formatInstant, legalDay } from '../format/dates.ts';
import type { SourceFieldsFragment } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';

interface SourceLineProps {
  readonly source: SourceFieldsFragment | null | undefined;
}

/** Where a record comes from, when it was read and verified, and how sure its keeper is of it. */
export function SourceLine({ source }: SourceLineProps) {
  const { source: texts, words, language } = useTexts();
  if (source == null) return null;
  const { database, agency, fetchedAt, verifiedAt, assurance } = source;
  return (
    <p className="source-line">
      <span>
        {texts.label}: <span lang="vi">{[database, agency].filter(Boolean).join(', ')}</span>
      </span>
      {fetchedAt !== null && (
        <span>
          {texts.fetched} <time dateTime={fetchedAt}>{formatInstant(fetchedAt, language)}</time>
        </span>
      )}
      {verifiedAt !== null && (
        <span>
          {texts.verified} <time dateTime={verifiedAt}>{formatInstant(verifiedAt, language)}</time>
        </span>
      )}
      {assurance !== null && (
        <span>
          {texts.assurance}: {words.assurance[assurance]}
        </span>
      )}
    </p>
  );
}

/** The short form on a document: the day it was verified and how. The section it stands in names the source. */
export function VerifiedLine({ source }: SourceLineProps) {
  const { documents, words, language } = useTexts();
  if (source == null) return null;
  const { verifiedAt, assurance } = source;
  return (
    <p className="verified-line">
      {verifiedAt !== null && assurance !== null && (
        <span>
          {documents.verified(
            formatDate(legalDay(new Date(verifiedAt)), language),
            words.assurance[assurance],
          )}
        </span>
      )}
    </p>
  );
}
