/**
 * Which of an entry's subjects stand in `further_subjects`: all but the first, which has a column of its own; and the first
 * too where an auditor acts, who may look for a pseudonym of another year than the entry's. So whoever knows the year of a
 * pseudonym finds all there is about it in the months of that year and in `further_subjects`.
 */
export function furtherSubjects<Subject>(
  actorKind: string,
  subjects: readonly Subject[],
): readonly Subject[] {
  return actorKind === 'auditor' ? subjects : subjects.slice(1);
}
