import { createHash } from 'node:crypto';
import type { Asked, BilingualText } from './asked.ts';
import { canonicalJson } from './canonical-json.ts';
import type { PartyRow } from './share-row.ts';

/** What a text is made of. */
export interface ShownParts {
  readonly party: PartyRow;
  readonly asked: Asked;
  readonly purpose: { readonly code: string; readonly label: BilingualText };
}

/** The words of a request as they were shown, with their hash. */
export interface ShownText {
  /** Canonical JSON. */
  readonly text: string;
  /** Base64url SHA-256 of it. */
  readonly hash: string;
}

/** Raised when the sentences below change, so that a text says by which of them it was made. */
const VERSION = 1;

/** What a person can do afterwards (Law 91/2025, arts. 4 and 10). */
export const rights: BilingualText = {
  vi: 'Bạn có quyền được biết, xem, chỉnh sửa, yêu cầu xóa hoặc hạn chế xử lý dữ liệu của mình; tạm dừng hoặc rút lại sự đồng ý bất cứ lúc nào trong mục Chia sẻ, có hiệu lực ngay với lần truy vấn kế tiếp; khiếu nại và yêu cầu bồi thường. Việc rút lại không ảnh hưởng đến việc xử lý trước đó.',
  en: 'You may know, see, correct, have erased or restrict what is done with your data; pause or withdraw this consent at any time under Sharing, which holds from the next query on; complain and claim damages. A withdrawal does not reach back.',
};

/** What it is not (Decree 356/2025, art. 6). */
const voluntariness: BilingualText = {
  vi: 'Việc đồng ý là tự nguyện. Im lặng hoặc không trả lời không phải là đồng ý. Mục tự nguyện và mục dữ liệu cần đánh dấu riêng không được chọn sẵn.',
  en: 'To agree is voluntary. Silence or no answer is no consent. What is voluntary and what takes a tick of its own is not chosen beforehand.',
};

const sensitiveMark: BilingualText = { vi: 'dữ liệu cá nhân nhạy cảm', en: 'sensitive personal data' };

/**
 * All that a person is told before they decide (Law 91/2025, art. 9; Decree 356/2025, art. 6), in both languages, in one form:
 * who receives it, each thing that is asked and whether it is sensitive, why, how long it is kept, once or standing and until
 * when, what refusing means, and what rights one keeps.
 */
export function composeShownText({ party, asked, purpose }: ShownParts): ShownText {
  const text = canonicalJson({
    version: VERSION,
    languages: ['vi', 'en'],
    recipient: {
      id: party.id,
      legalName: party.legalName,
      displayName: party.displayName,
      taxCode: party.taxCode,
      sector: party.sector,
      domain: party.domain,
      dataContact: party.dataContact,
      verified: party.state === 'APPROVED',
    },
    purpose: { code: purpose.code, label: purpose.label, text: asked.purposeText },
    items: asked.items.map(({ id, claim, fields, label, ...marks }) => ({
      id,
      claim,
      fields,
      label,
      voluntary: marks.voluntary,
      separateTick: marks.separateTick,
      sensitive: marks.sensitive ? sensitiveMark : null,
    })),
    query: asked.hash,
    retentionDays: asked.retentionDays,
    fetch: asked.fetch,
    frequency: asked.frequency,
    validUntil: asked.validUntil,
    refusalMeans: asked.refusalMeans,
    voluntariness,
    rights,
  });
  return { text, hash: createHash('sha256').update(text).digest('base64url') };
}
