/** The codes of the room of proofs, in words. */
import type { Fault } from '../tlog/index.ts';
import type { Language } from './config.ts';

/** Why something was refused. Every code has its words: the compiler sees to it. */
export const faultTexts: Readonly<Record<Fault, Readonly<Record<Language, string>>>> = {
  'number-malformed': { en: 'a number is not written as one', vi: 'một số bị viết sai dạng' },
  'number-too-large': { en: 'a number is too large', vi: 'một số quá lớn' },
  'base64-malformed': { en: 'base64 is malformed', vi: 'base64 sai dạng' },
  'hash-length-wrong': { en: 'a hash is not of 32 bytes', vi: 'một giá trị băm không đủ 32 byte' },
  'index-beyond-tree': { en: 'the tree does not reach this index (yet)', vi: 'cây chưa có chỉ số này' },
  'sizes-out-of-order': { en: 'the older tree is the larger one', vi: 'cây cũ lại lớn hơn cây mới' },
  'proof-too-short': { en: 'the proof is too short', vi: 'bằng chứng quá ngắn' },
  'proof-too-long': { en: 'the proof is too long', vi: 'bằng chứng quá dài' },
  'root-mismatch': { en: 'it does not lead to the signed root', vi: 'không dẫn tới gốc cây đã ký' },
  'old-root-mismatch': {
    en: 'the older tree is not the beginning of this one',
    vi: 'cây cũ không phải là phần đầu của cây này',
  },
  'hash-missing': { en: 'a hash is missing', vi: 'thiếu một giá trị băm' },
  'frontier-malformed': { en: 'the edge of the tree is malformed', vi: 'mép cây sai dạng' },
  'tile-path-malformed': { en: 'this is no path of a tile', vi: 'đây không phải đường dẫn của ô' },
  'tile-length-wrong': { en: 'a tile has the wrong length', vi: 'ô có độ dài sai' },
  'bundle-truncated': { en: 'a bundle of entries is cut off', vi: 'gói bản ghi bị cắt cụt' },
  'entry-too-long': { en: 'an entry is longer than 65,535 bytes', vi: 'bản ghi dài hơn 65.535 byte' },
  'note-too-large': { en: 'the note is too large', vi: 'bản ký quá lớn' },
  'note-not-utf8': { en: 'the note is not UTF-8', vi: 'bản ký không phải UTF-8' },
  'note-malformed': { en: 'the note is malformed', vi: 'bản ký sai dạng' },
  'note-too-many-signatures': { en: 'the note has too many signatures', vi: 'bản ký có quá nhiều chữ ký' },
  'key-malformed': { en: 'the key is malformed', vi: 'khóa sai dạng' },
  'key-id-mismatch': {
    en: "the key's id is not that of its name and key",
    vi: 'mã khóa không khớp với tên và khóa',
  },
  'key-algorithm-unknown': { en: 'the key is of the wrong kind', vi: 'khóa sai loại' },
  'keys-not-distinct': { en: 'one key is given twice', vi: 'một khóa được nêu hai lần' },
  'signature-invalid': {
    en: 'a signature by a known key does not hold',
    vi: 'chữ ký của khóa đã biết không đúng',
  },
  'signature-missing': { en: "the log's signature is missing", vi: 'thiếu chữ ký của nhật ký' },
  'checkpoint-malformed': { en: 'the checkpoint is malformed', vi: 'điểm kiểm tra sai dạng' },
  'origin-unexpected': {
    en: 'it is the checkpoint of another log',
    vi: 'đây là điểm kiểm tra của nhật ký khác',
  },
  'timestamp-too-large': {
    en: 'a cosignature is beyond all time',
    vi: 'thời điểm đồng ký vượt mọi giới hạn',
  },
  'timestamp-in-future': {
    en: 'a cosignature is from the future',
    vi: 'thời điểm đồng ký nằm trong tương lai',
  },
  'quorum-impossible': {
    en: 'more witnesses are asked for than are known',
    vi: 'yêu cầu nhiều nhân chứng hơn số đã biết',
  },
  'quorum-not-met': { en: 'too few witnesses have cosigned', vi: 'quá ít nhân chứng đồng ký' },
  'tlog-proof-malformed': { en: 'the proof is malformed', vi: 'bằng chứng sai dạng' },
  'json-unsupported': { en: 'this is not JSON of entries', vi: 'đây không phải JSON của bản ghi' },
  'json-too-deep': { en: 'the JSON is nested too deep', vi: 'JSON lồng quá sâu' },
  'json-not-canonical': { en: 'the JSON is not canonical', vi: 'JSON không ở dạng chuẩn tắc' },
  'entry-invalid': { en: 'this is no entry of an access log', vi: 'đây không phải bản ghi truy cập' },
};
