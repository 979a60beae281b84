import { useTexts } from '../texts/use-texts.ts';

/** The picture of a face as it came in the answer; a frame that says so where there is none. */
export function Portrait({ picture }: { readonly picture: string | null | undefined }) {
  const { person } = useTexts();
  if (picture == null || !picture.startsWith('data:image/')) {
    return <div className="portrait empty">{person.portraitMissing}</div>;
  }
  return <img className="portrait" src={picture} alt={person.portrait} width={120} height={160} />;
}
