import type { Language } from './config.ts';

/** What `--help` says. */
export const usageTexts: Readonly<Record<Language, string>> = {
  en: `dinhdanh-verify: checks an access log, trusting nothing but public keys.

  --log SOURCE           the log: a folder, or the URL below which checkpoint and tile/ are
  --log-key KEY          the log's key, <name>+<id>+<base64>; more than once where an export holds entries of several
                         logs, the one of --log first
  --origin NAME          the log's origin line, where it is not the key's name
  --witness-key KEY      a witness's key; once for each witness
  --quorum K             how many of them must have cosigned; all, unless said
  --last-seen FILE       the checkpoint of the last time: the log must have grown from it. Written anew when all
                         holds; made the first time
  --baseline SOURCE      a copy of the log as it was then: names the first entry that was changed since
  --range A-B | all      computes the entries A to B-1 anew from their bytes
  --receipt FILE         receipts {origin,index,leafHash}, answers that carry one, or {index,entry}: JSON, or a line
                         each; may be given more than once
  --entry FILE --index N the entry whose canonical bytes are in the file is at the index
  --proof FILE           a .tlog-proof of the entry in --entry or --leaf-hash; needs no --log
  --leaf-hash BASE64     the entry's leaf hash, where the entry itself is not at hand
  --export FILE          lines {origin,index,leafHash,entry,proof} of an export: each is verified by its own proof;
                         needs no --log
  --against FILE         what a registry served, {service,callId,at,actorKind,subjects,claims} a line: each call about
                         persons must have its entry in the range (all, unless said); may be given more than once
  --token-file FILE      the bearer token for bundles of entries
  --timeout SECONDS      for each request; 30
  --json                 the outcome as one line of JSON

Ends with 0 when all holds, 1 when something does not (with the first bad index), 2 when it could not be found out.
`,
  vi: `dinhdanh-verify: kiểm tra nhật ký truy cập, không tin điều gì ngoài khóa công khai.

  --log NGUỒN            nhật ký: một thư mục, hoặc URL mà dưới đó có checkpoint và tile/
  --log-key KHÓA         khóa của nhật ký, <tên>+<mã>+<base64>; nêu nhiều lần nếu bản kết xuất có bản ghi của nhiều
                         nhật ký, khóa của --log đứng đầu
  --origin TÊN           dòng nguồn gốc của nhật ký, nếu khác tên khóa
  --witness-key KHÓA     khóa của một nhân chứng; mỗi nhân chứng một lần
  --quorum K             cần bao nhiêu nhân chứng đồng ký; mặc định là tất cả
  --last-seen TỆP        điểm kiểm tra của lần trước: nhật ký phải lớn lên từ đó. Được ghi lại khi mọi thứ đúng;
                         lần đầu thì được tạo
  --baseline NGUỒN       bản sao nhật ký khi đó: chỉ ra bản ghi đầu tiên đã bị sửa từ bấy giờ
  --range A-B | all      tính lại các bản ghi từ A đến B-1 từ chính các byte của chúng
  --receipt TỆP          biên nhận {origin,index,leafHash}, câu trả lời có biên nhận, hoặc {index,entry}: JSON, hoặc
                         mỗi dòng một cái; có thể nêu nhiều lần
  --entry TỆP --index N  bản ghi (dạng byte chuẩn tắc trong tệp) nằm ở chỉ số này
  --proof TỆP            tệp .tlog-proof cho bản ghi ở --entry hoặc --leaf-hash; không cần --log
  --leaf-hash BASE64     giá trị băm lá của bản ghi, khi không có chính bản ghi
  --export TỆP           các dòng {origin,index,leafHash,entry,proof} của bản kết xuất: kiểm từng dòng bằng chính bằng
                         chứng của nó; không cần --log
  --against TỆP          những gì một cơ sở dữ liệu đã cung cấp, mỗi dòng {service,callId,at,actorKind,subjects,claims}:
                         lượt nào liên quan đến người phải có bản ghi trong khoảng (mặc định là tất cả); có thể nêu
                         nhiều lần
  --token-file TỆP       mã truy cập các gói bản ghi
  --timeout GIÂY         cho mỗi yêu cầu; 30
  --json                 kết quả là một dòng JSON

Kết thúc với 0 khi mọi thứ đúng, 1 khi có điều không đúng (kèm chỉ số sai đầu tiên), 2 khi không kiểm tra được.
`,
};
