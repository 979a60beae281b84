import { maskNumber } from '../../format/numbers.ts';
import { formatInstant } from '../../format/dates.ts';
import { useMemory } from '../audit/memory.tsx';
import { type FilterName, instantOf, type Search } from '../audit/search-filter.ts';
import { claimWords } from '../claim-words.ts';
import { shortId } from '../format-count.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';

/** What a search was narrowed by, in words; the person's number is masked. */
export function FilterChips({ search: { filter, person } }: { readonly search: Search }) {
  const { search, codes, language } = useConsoleTexts();
  const memory = useMemory();
  const word = (name: FilterName, text: string): string => {
    switch (name) {
      case 'atNight':
        return search.atNight;
      case 'withoutConsent':
        return search.withoutConsent;
      case 'claim':
        return `${search.claim}: ${claimWords(text, language).label}`;
      case 'actorKind':
        return `${search.actorKind}: ${wordFor(codes.actor, text)}`;
      case 'event':
        return `${search.event}: ${wordFor(codes.event, text)}`;
      case 'outcome':
        return `${search.outcome}: ${wordFor(codes.outcome, text)}`;
      case 'from':
      case 'to':
        return `${search[name]}: ${formatInstant(instantOf(text), language)}`;
      case 'actorId':
        return `${search.who}: ${memory.nameOf(text) ?? shortId(text)}`;
      default:
        return `${search[name]}: ${shortId(text)}`;
    }
  };
  const chips = Object.entries(filter).map(([name, text]) => [name, word(name as FilterName, text)] as const);
  if (person === null && chips.length === 0) return null;
  return (
    <ul className="filter-chips" aria-label={search.filters}>
      {person !== null && (
        <li className="chip">{search.personChip(maskNumber(person.number), codes.reason[person.reason])}</li>
      )}
      {chips.map(([name, text]) => (
        <li key={name} className="chip">
          {text}
        </li>
      ))}
    </ul>
  );
}

function wordFor(table: Readonly<Record<string, string>>, code: string): string {
  return table[code] ?? code;
}
