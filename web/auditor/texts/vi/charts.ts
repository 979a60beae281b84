/** The overview. */
export const overview = {
  title: 'Tổng quan',
  intro: 'Ai đọc dữ liệu, khi nào, bao nhiêu. Chỉ có số đếm: không có giá trị nào của ai.',
  range: 'Khoảng thời gian',
  lastDays: (days: number): string => `${days} ngày`,
  from: 'Từ ngày',
  to: 'Đến ngày',
  apply: 'Xem',
  rangeFault: 'Ngày đầu phải trước hoặc trùng ngày cuối.',
  period: (from: string, to: string): string => `Từ ${from} đến ${to}`,
  none: 'Không có lượt đọc nào trong khoảng này.',
  noneNext: 'Hãy chọn khoảng dài hơn.',
  total: 'Lượt đọc',
  night: 'Ban đêm (22–6 giờ)',
  refused: 'Bị từ chối',
  delayed: 'Hoãn thông báo cho chủ thể',
  readers: 'Bên đáng xem',
  ofAll: (share: string): string => `${share} tổng số`,
  delayedNext: 'Chủ thể được báo sau, theo luật',
  readersNext: 'Xem ở dưới',
};

/** What charts say. */
export const charts = {
  table: 'Xem bảng số liệu',
  keys: 'Dùng phím mũi tên để xem từng điểm.',
  readings: (count: string): string => `${count} lượt đọc`,
  open: 'Xem các lượt này',
  days: 'Lượt đọc theo ngày',
  weeks: 'Lượt đọc theo tuần',
  daysFinding: (day: string, count: string, mean: string): string =>
    `Nhiều nhất ${day}: ${count}. Trung bình mỗi ngày ${mean}.`,
  day: 'Ngày',
  week: (from: string, to: string): string => `${from} – ${to}`,
  count: 'Lượt đọc',
  hours: 'Giờ trong ngày',
  hoursFinding: (share: string, hour: string): string =>
    `${share} lượt đọc diễn ra ban đêm. Giờ đông nhất: ${hour}.`,
  hour: 'Giờ',
  hourValue: (from: number): string => `${from}–${from + 1} giờ`,
  atNight: 'ban đêm',
  isNight: 'ban đêm',
  kinds: 'Theo bên truy cập',
  kindsFinding: (kind: string, share: string): string => `${kind} chiếm ${share}.`,
  kind: 'Bên truy cập',
  claims: 'Theo nhóm thông tin',
  claimsFinding: (claim: string): string => `Được đọc nhiều nhất: ${claim}.`,
  claim: 'Nhóm thông tin',
  sensitive: 'nhạy cảm',
  outcomes: 'Kết quả',
  outcomesFinding: (share: string): string => `${share} đã cung cấp dữ liệu.`,
  outcome: 'Kết quả',
  share: 'Tỷ lệ',
  others: (count: number): string => `Và ${count} nhóm khác`,
  none: 'Không có',
};

/** Who stands out. */
export const readers = {
  title: 'Ai nổi bật',
  map: 'Đêm và số người',
  mapFinding: (count: number): string =>
    count === 0
      ? 'Không bên nào vừa đọc nhiều người vừa đọc chủ yếu ban đêm.'
      : `${count} bên vừa đọc nhiều người vừa đọc chủ yếu ban đêm.`,
  mapX: 'Số người bị đọc →',
  mapY: '↑ Phần đọc ban đêm',
  mapZone: 'Nhiều người, chủ yếu ban đêm',
  mapPoint: (who: string, people: string, share: string, reads: string): string =>
    `${who}: ${people} người, ${share} ban đêm, ${reads} lượt đọc`,
  open: 'Xem mọi lượt đọc của bên này',
  profiles: 'Nhịp 24 giờ của từng bên',
  profilesIntro: 'Mỗi khung là một ngày từ 0 đến 24 giờ; nền sẫm là ban đêm.',
  profile: (who: string, share: string, hour: string): string =>
    `Nhịp 24 giờ của ${who}: ${share} ban đêm, đông nhất lúc ${hour}.`,
  order: 'Xếp theo',
  orders: {
    READS: 'Lượt đọc',
    PEOPLE: 'Số người',
    IN_A_DAY: 'Số người trong một ngày',
    AT_NIGHT: 'Lượt đọc ban đêm',
    WITHOUT_CONSENT: 'Không có đồng ý',
    REFUSED: 'Bị từ chối',
  },
  ordered: (order: string): string => `Đang xếp theo: ${order}.`,
  nightShare: (share: string): string => `${share} ban đêm`,
  unnamed: (id: string): string => `Mã ${id}`,
  more: (count: number): string => `Xem thêm ${count} bên`,
  table: 'Bảng các bên truy cập',
  who: 'Bên truy cập',
  reads: 'Lượt đọc',
  people: 'Người',
  inADay: 'Người một ngày',
  night: 'Ban đêm',
  withoutConsent: 'Thiếu đồng ý',
  withoutCase: 'Thiếu vụ việc',
  refused: 'Từ chối',
  flags: {
    night: (share: string, people: string): string => `${share} ban đêm, ${people} người`,
    many: (people: string): string => `${people} người trong một ngày`,
    noGround: (count: string): string => `${count} lượt không có đồng ý hay vụ việc`,
    refused: (share: string): string => `${share} bị từ chối`,
  },
  standOut: (count: number): string =>
    count === 0
      ? 'Không bên nào vượt ngưỡng trong khoảng này.'
      : `${count} bên vượt ngưỡng trong khoảng này.`,
  rules:
    'Ngưỡng: từ 40% ban đêm trên ít nhất 10 người; từ 40 người trong một ngày và gấp ba mức giữa; từ 20 lượt không có đồng ý hay vụ việc; từ 25% bị từ chối. Vượt ngưỡng chưa phải là sai phạm: hãy xem từng lượt đọc.',
  rulesTitle: 'Ngưỡng là gì?',
};
