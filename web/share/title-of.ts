import type { RequestState } from './read-state.ts';
import type { ShareTexts } from './texts/share-texts.ts';

/** The heading over a state: what it is, or what to do now. */
export function titleOf(
  { state, renewable, numberNeeded, samePhone }: RequestState,
  texts: ShareTexts,
): string {
  switch (state) {
    case 'WAITING':
      return texts.waiting.title;
    case 'CLAIMED':
      return texts.claimed.title;
    case 'APPROVED':
      return numberNeeded && !samePhone ? texts.number.title : texts.comeBack.title;
    case 'GRANTED':
      return texts.granted.title;
    case 'DECLINED':
      return texts.declined.title;
    case 'EXPIRED':
      return renewable ? texts.expired.title : texts.tooLate.title;
    case 'CANCELLED':
      return texts.cancelled.title;
  }
}
