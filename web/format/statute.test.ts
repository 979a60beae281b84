import { expect, it } from 'vitest';
import { formatStatute } from './statute.ts';

it.each([
  ['Law 91/2025/QH15, art. 4', 'Luật 91/2025/QH15, Điều 4', 'Law 91/2025/QH15, Article 4'],
  ['91/2025/QH15 Điều 4', 'Luật 91/2025/QH15, Điều 4', 'Law 91/2025/QH15, Article 4'],
  ['Decree 47/2020/NĐ-CP, art. 45', 'Nghị định 47/2020/NĐ-CP, Điều 45', 'Decree 47/2020/NĐ-CP, Article 45'],
  [
    '69/2024/NĐ-CP Điều 28 khoản 4',
    'Nghị định 69/2024/NĐ-CP, Điều 28, khoản 4',
    'Decree 69/2024/NĐ-CP, Article 28, clause 4',
  ],
  ['08/2026/TT-BKHCN', 'Thông tư 08/2026/TT-BKHCN', 'Circular 08/2026/TT-BKHCN'],
  ['court_order', 'court_order', 'court_order'],
])('%s is read as a person reads it', (reference, vi, en) => {
  expect(formatStatute(reference, 'vi')).toBe(vi);
  expect(formatStatute(reference, 'en')).toBe(en);
});
