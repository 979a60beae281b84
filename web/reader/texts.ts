import type { Bilingual } from './reader-card.ts';

/** The words of the reader's page. */
export const texts = {
  title: { vi: 'Đầu đọc thẻ giả lập', en: 'Simulated card reader' },
  standsFor: {
    vi: 'Trang này thay cho điện thoại: trình duyệt không đọc được chip của thẻ căn cước. Thẻ, con người và khóa ký đều là giả lập.',
    en: 'This page stands for a telephone: no browser can read the chip of an identity card. Cards, people and signing keys are made up.',
  },
  lying: { vi: 'Đang đặt trên đầu đọc', en: 'Lying on the reader' },
  nothing: { vi: 'Chưa có thẻ nào', en: 'No card' },
  choose: { vi: 'Đặt thẻ', en: 'Lay a card' },
  holder: { vi: 'Thẻ của', en: 'Card of' },
  other: {
    vi: 'hoặc người thứ … trong danh sách giả lập',
    en: 'or of the person at this place in the made-up row',
  },
  fault: { vi: 'Thẻ này', en: 'This card is' },
  genuine: { vi: 'là thẻ thật', en: 'genuine' },
  lay: { vi: 'Đặt thẻ lên', en: 'Lay it on' },
  take: { vi: 'Lấy thẻ ra', en: 'Take the card away' },
  nfc: { vi: 'NFC của điện thoại', en: 'The telephone’s NFC' },
  on: { vi: 'Đang bật', en: 'On' },
  off: { vi: 'Đang tắt', en: 'Off' },
  switchOn: { vi: 'Bật NFC', en: 'Switch NFC on' },
  switchOff: { vi: 'Tắt NFC', en: 'Switch NFC off' },
  contact: { vi: 'Mất tiếp xúc', en: 'Lost contact' },
  losesIn: {
    vi: 'Lần đọc tới sẽ mất tiếp xúc khi đang đọc',
    en: 'The next reading loses contact while it reads',
  },
  keeps: { vi: 'Không mất tiếp xúc', en: 'Contact is kept' },
  lose: { vi: 'Đặt', en: 'Set' },
  noCard: { vi: 'Người này không có thẻ gắn chip.', en: 'This person has no card with a chip.' },
} satisfies Readonly<Record<string, Bilingual>>;
