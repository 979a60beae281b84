import type { Language } from './language.ts';

const kinds: readonly (readonly [RegExp, Readonly<Record<Language, string>>])[] = [
  [/\/QH\d+$/, { vi: 'Luật', en: 'Law' }],
  [/\/NĐ-CP$/, { vi: 'Nghị định', en: 'Decree' }],
  [/\/TT-/, { vi: 'Thông tư', en: 'Circular' }],
  [/\/QĐ-/, { vi: 'Quyết định', en: 'Decision' }],
];

/**
 * A statute's reference in the language of the screen: `Law 91/2025/QH15, art. 4` and `91/2025/QH15 Điều 4` are
 * `Luật 91/2025/QH15, Điều 4`. What has no such form is shown as it stands.
 */
export function formatStatute(reference: string, language: Language): string {
  const parts =
    /(\d+\/\d{4}\/[\p{L}\d-]+)(?:,? (?:art\.|Article|Điều) ?(\d+))?(?:,? (?:khoản|clause) ?(\d+))?$/u.exec(
      reference,
    );
  const [, number, article, clause] = parts ?? [];
  const kind = kinds.find(([suffix]) => number !== undefined && suffix.test(number))?.[1][language];
  if (number === undefined || kind === undefined) return reference;
  const words =
    language === 'vi' ? { article: 'Điều', clause: 'khoản' } : { article: 'Article', clause: 'clause' };
  return [
    `${kind} ${number}`,
    ...(article === undefined ? [] : [`${words.article} ${article}`]),
    ...(clause === undefined ? [] : [`${words.clause} ${clause}`]),
  ].join(', ');
}
