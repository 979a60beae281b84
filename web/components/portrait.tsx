import type { Failure } from '../api/answer.ts';
import { Withheld } from './fact.tsx';
import { useTexts } from '../texts/use-texts.ts';

interface PortraitProps {
  readonly picture: string | null | undefined;
  readonly withheld: Failure | null;
}

/** The picture of a face as it came in the answer; a frame that says so where there is none. */
export function Portrait({ picture, withheld }: PortraitProps) {
  const { person } = useTexts();
  if (picture == null || !picture.startsWith('data:image/')) {
    return (
      <div className="portrait empty">
        {withheld === null ? person.portraitMissing : <Withheld failure={withheld} what={person.portrait} />}
      </div>
    );
  }
  return <img className="portrait" src={picture} alt={person.portrait} width={120} height={160} />;
}
