import type { ChipFault } from '@dinhdanh/accounts/synthetic-chips';

/** What can be wrong with a card, in words, behind "this card is". */
export const faultNames: Readonly<Record<ChipFault, { readonly vi: string; readonly en: string }>> = {
  FORGED: { vi: 'bị sửa địa chỉ', en: 'forged: the address was changed' },
  FACE_REPLACED: { vi: 'bị thay ảnh', en: 'forged: the picture was replaced' },
  WRONGLY_SIGNED: { vi: 'có chữ ký sai', en: 'signed with another key' },
  UNTRUSTED: { vi: 'do cơ quan lạ ký', en: 'signed by an authority nobody trusts' },
  SIGNER_EXPIRED: { vi: 'được ký khi chứng thư đã hết hạn', en: 'signed after the signer’s time' },
  REVOKED: { vi: 'được ký bằng chứng thư đã thu hồi', en: 'signed by a revoked signer' },
  CLONED: { vi: 'là bản sao chép', en: 'a copy' },
  TRUNCATED: { vi: 'bị hỏng dữ liệu', en: 'damaged' },
  STRIPPED: { vi: 'bị bỏ khóa xác thực', en: 'without its key' },
  CARD_EXPIRED: { vi: 'đã hết hạn sử dụng', en: 'past its last day' },
};
