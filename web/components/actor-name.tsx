import type { AccessEntry } from '../access/entry.ts';
import { actorWords } from '../access/entry-words.ts';
import { useTexts } from '../texts/use-texts.ts';

/** Who read, with a name of their own marked as Vietnamese. */
export function ActorName({ entry }: { readonly entry: Pick<AccessEntry, 'actor' | 'mine'> }) {
  const { words, name } = actorWords(entry, useTexts());
  return (
    <>
      {words}
      {words !== null && name !== null && ', '}
      {name !== null && <span lang="vi">{name}</span>}
    </>
  );
}
