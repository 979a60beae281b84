import { Fact } from '../components/fact.tsx';
import { formatDate } from '../format/dates.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { OwnRegistration } from './own-registration.ts';

/** What was declared, for its applicant to compare with the card. */
export function ReviewFacts({ registration }: { readonly registration: OwnRegistration }) {
  const { registration: texts, words, language } = useTexts();
  const { review: labels } = texts;
  const { review } = registration;
  if (review === null) return null;
  const isForeign = registration.kind === 'FOREIGN_RESIDENT';
  const born = review.dateOfBirth === null ? null : formatDate(review.dateOfBirth, language);
  return (
    <dl className="facts">
      <Fact term={labels.number} value={review.personalNumber} none={labels.none} />
      {review.phone !== null && <Fact term={labels.phone} value={review.phone} />}
      <Fact term={labels.fullName} value={<VietnameseText text={review.fullName} />} none={labels.none} />
      <Fact term={labels.sex} value={review.sex === null ? null : words.sex[review.sex]} none={labels.none} />
      <Fact term={labels.dateOfBirth} value={born} none={labels.none} />
      {isForeign && <Fact term={labels.nationality} value={review.nationality} none={labels.none} />}
      <Fact
        term={labels.permanentResidence}
        value={review.permanentResidence && <VietnameseText text={review.permanentResidence} />}
        none={labels.none}
      />
      <Fact
        term={labels.currentAddress}
        value={review.currentAddress && <VietnameseText text={review.currentAddress} />}
        none={labels.none}
      />
    </dl>
  );
}

function VietnameseText({ text }: { readonly text: string | null }) {
  return <span lang="vi">{text}</span>;
}
