/** What the verifier says, in Vietnamese and English. */
import type { ServedCall } from '../tlog/index.ts';
import type { Language } from './config.ts';
import { faultTexts } from './fault-texts.ts';
import type { Finding, FindingKind } from './findings.ts';
import type { VerifyReport } from './verify-log.ts';

const findings: Readonly<Record<FindingKind, Readonly<Record<Language, string>>>> = {
  'checkpoint-refused': { en: 'the checkpoint does not hold', vi: 'điểm kiểm tra không đúng' },
  'checkpoint-missing': { en: 'the log has no checkpoint', vi: 'nhật ký không có điểm kiểm tra' },
  'tiles-do-not-make-the-root': {
    en: 'the tiles do not make the signed root',
    vi: 'các ô không tạo thành gốc cây đã ký',
  },
  'tile-not-in-tree': { en: 'a tile is not that of the signed tree', vi: 'một ô không thuộc cây đã ký' },
  'tile-missing': { en: 'a tile of the signed tree is missing', vi: 'thiếu một ô của cây đã ký' },
  'entry-altered': {
    en: 'the entry is not the one that was logged',
    vi: 'bản ghi không phải là bản ghi đã vào nhật ký',
  },
  'entry-missing': { en: 'an entry that was logged is missing', vi: 'thiếu một bản ghi đã vào nhật ký' },
  'entry-surplus': {
    en: 'there is an entry that was never logged',
    vi: 'có một bản ghi chưa từng vào nhật ký',
  },
  'entry-not-included': {
    en: 'the entry is not in the log where it is said to be',
    vi: 'bản ghi không nằm ở chỗ đã nêu trong nhật ký',
  },
  'proof-refused': { en: 'the proof does not hold', vi: 'bằng chứng không đúng' },
  'other-log': { en: 'the receipt is of another log', vi: 'biên nhận thuộc nhật ký khác' },
  'rolled-back': {
    en: 'the log is shorter than it was when it was last seen',
    vi: 'nhật ký ngắn hơn so với lần xem trước',
  },
  'history-rewritten': {
    en: 'the log is not the one that was last seen: its history was rewritten',
    vi: 'nhật ký không còn là nhật ký đã xem lần trước: quá khứ đã bị viết lại',
  },
  'line-malformed': {
    en: 'this line is none of an export with proofs',
    vi: 'dòng này không thuộc bản kết xuất có bằng chứng',
  },
  'served-not-logged': {
    en: 'a registry served what the log does not know',
    vi: 'cơ sở dữ liệu đã cung cấp điều mà nhật ký không có',
  },
};

const words = {
  en: {
    failed: 'FAILED',
    firstBad: 'first bad index',
    among: 'among',
    unread: 'could not be read',
    usage: 'cannot be run like this',
    verified: 'VERIFIED',
  },
  vi: {
    failed: 'KHÔNG ĐẠT',
    firstBad: 'chỉ số sai đầu tiên',
    among: 'trong khoảng',
    unread: 'không đọc được',
    usage: 'không chạy được như vậy',
    verified: 'ĐÃ XÁC MINH',
  },
} as const;

/** A finding in one line, the first bad index before the reason. Numbers are written plainly, for programs too. */
export function findingText({ kind, bad, fault, where, calls = [] }: Finding, language: Language): string {
  const { failed, firstBad, among } = words[language];
  const place =
    bad === null
      ? ''
      : `${firstBad} ${bad.to - bad.from === 1 ? bad.from : `${among} ${bad.from}-${bad.to - 1}`}: `;
  const reason = fault === null ? '' : ` (${faultTexts[fault][language]})`;
  return `${failed}: ${place}${findings[kind][language]}${reason}${where === null ? '' : ` [${where}]`}${callsText(calls, language)}`;
}

/** As many as fit a screen; `--json` has all. */
const CALLS_SHOWN = 20;

function callsText(calls: readonly ServedCall[], language: Language): string {
  if (calls.length === 0) return '';
  const shown = calls
    .slice(0, CALLS_SHOWN)
    .map(({ service, callId, at }) => `\n  ${service} ${callId} ${at}`);
  const more = calls.length - shown.length;
  const rest = language === 'vi' ? `và ${more} lượt nữa` : `and ${more} more`;
  return `: ${calls.length}${shown.join('')}${more > 0 ? `\n  ${rest}` : ''}`;
}

/** That all lines of an export hold. */
export function exportText(lines: number, language: Language): string {
  const n = lines.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB');
  return language === 'vi'
    ? `${n} dòng kết xuất, dòng nào cũng đúng bằng chứng`
    : `${n} lines of the export hold, each by its proof`;
}

/** That all held. */
export function verifiedText(language: Language): string {
  return words[language].verified;
}

/** That something could not be read, or the command not be understood. */
export function troubleText(what: 'unread' | 'usage', details: string, language: Language): string {
  return `${words[language][what]}: ${details}`;
}

/** What was verified, a line each. */
export function reportLines(report: VerifyReport, seconds: number, language: Language): string[] {
  const { opened, grewFrom, provedIndex, included, recomputed, served } = report;
  const { origin, size, root } = opened.checkpoint;
  const n = (number: number): string => number.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB');
  const latest = opened.cosignatures.reduce((time, { timeSeconds }) => Math.max(time, timeSeconds), 0);
  const witnesses = opened.cosignatures.map(({ witness }) => witness.name).join(', ');
  const when = new Date(latest * 1000).toISOString();
  const rate = n(Math.round(recomputed / Math.max(seconds, 0.001)));
  const lines: readonly [boolean, string, string][] = [
    [true, `${origin}: ${n(size)} entries`, `${origin}: ${n(size)} bản ghi`],
    [true, `root ${Buffer.from(root).toString('base64')}`, `gốc ${Buffer.from(root).toString('base64')}`],
    [
      opened.cosignatures.length > 0,
      `cosigned by ${witnesses}, last ${when}`,
      `đồng ký bởi ${witnesses}, gần nhất ${when}`,
    ],
    [
      grewFrom !== null,
      `consistent with the ${n(grewFrom ?? 0)} entries last seen`,
      `nhất quán với ${n(grewFrom ?? 0)} bản ghi đã xem lần trước`,
    ],
    [
      provedIndex !== null,
      `the proof of entry ${provedIndex ?? 0} holds`,
      `bằng chứng của bản ghi ${provedIndex ?? 0} đúng`,
    ],
    [included > 0, `${n(included)} entries are in the log`, `${n(included)} bản ghi có trong nhật ký`],
    [
      recomputed > 0,
      `${n(recomputed)} entries computed anew, ${rate} a second`,
      `đã tính lại ${n(recomputed)} bản ghi, ${rate} bản ghi mỗi giây`,
    ],
    [
      served !== null,
      `${n(served?.logged ?? 0)} calls that registries served have their entry`,
      `${n(served?.logged ?? 0)} lượt phục vụ đều có bản ghi`,
    ],
    [
      (served?.outside ?? 0) > 0,
      `${n(served?.outside ?? 0)} calls lie outside the time of these entries: not judged`,
      `${n(served?.outside ?? 0)} lượt nằm ngoài thời gian của các bản ghi này: không xét`,
    ],
    [true, words.en.verified, words.vi.verified],
  ];
  return lines.flatMap(([said, en, vi]) => (said ? [language === 'vi' ? vi : en] : []));
}
