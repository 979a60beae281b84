/**
 * Which passwords are common although they keep the rule of four classes. A list of breached passwords would hardly hold
 * one that does: people keep the rule by writing a common word with a capital, digits behind it and a mark at the end, so
 * the words are listed and what people do to them is undone. Our own list and rule; no list of others is copied. Pure.
 */

/** Words and runs that people build passwords from, without digits or marks: English, Vietnamese, keyboards, this very system. */
const stems = new Set(
  `password passwd pass passcode letmein welcome admin administrator root user guest test testing login master secret
  access default change changeme qwerty qwertyuiop qwert qwer asdf asdfgh asdfghjkl zxcv zxcvbn zxcvbnm qaz qazwsx wsx
  abc abcd abcde abcdef abcdefg abcdefgh aaa aaaa xyz a aa iloveyou iloveu love lovely baby angel princess sunshine
  dragon monkey tiger shadow superman batman spiderman pokemon naruto football soccer liverpool chelsea arsenal barcelona
  ronaldo messi samsung iphone apple google facebook zalo tiktok youtube windows microsoft computer internet company
  hello hi money freedom trustno summer winter spring autumn january monday sunday
  matkhau mk matma baomat dangnhap dangky taikhoan quantri nguoidung anhyeuem emyeuanh anhnhoem yeuem yeuanh tinhyeu
  conyeu embe giadinh bome boyeu meyeu chongyeu voyeu khongbiet khongco khongnho deonoi hanhphuc maiyeuem mailayeuem
  vietnam vn hanoi saigon hochiminh haiphong danang cantho hue dalat tphcm bacninh nghean thanhhoa vodich muonnam
  nguyen tran pham hoang huynh phan vu vo dang bui do ho ngo duong ly nguyenvan nguyenthi tranvan tranthi levan lethi
  congan cccd cmnd cancuoc canhsat dinhdanh vneid dichvucong congdan chinhphu baohiem
  toilaai abcabc hoilamgi trau concho conmeo connguoi nuocmia comtam xinchao tamsu thienthan thienduong anhhung
  nhatban hanquoc trungquoc mygirl myboy mylove mypassword thisisme itsme newpassword oldpassword temp temporary`.split(
    /\s+/,
  ),
);

/** What people write for letters. */
const written: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/**
 * Whether a password is a common word, whatever stands before and behind it of digits and marks, whatever its capitals,
 * written twice or with digits and marks for letters; or a run on the keyboard, or one character over and over.
 */
export function isCommonPassword(password: string): boolean {
  const small = password.toLowerCase();
  if (hasRun(small)) return true;
  return [small, withLetters(small)].some((text) =>
    [text.replaceAll(/^[^a-z]+|[^a-z]+$/g, ''), text.replaceAll(/[^a-z]/g, '')].some(isStem),
  );
}

function isStem(word: string): boolean {
  if (stems.has(word)) return true;
  const half = word.slice(0, word.length / 2);
  return half !== '' && half + half === word && stems.has(half);
}

function withLetters(text: string): string {
  const core = text.replaceAll(/^[\d!@#$^*()_]*(?=[a-z])|(?<=[a-z])[\d!#^*()_]*$/g, '');
  return [...core].map((character) => written[character] ?? character).join('');
}

const rows = [
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'abcdefghijklmnopqrstuvwxyz',
  '!@#$%^&*()',
];
const LONGEST_RUN = 6;

/** Six and more that stand beside each other on a keyboard or in the alphabet, or are the same. */
function hasRun(text: string): boolean {
  if (/(.)\1{5}/.test(text)) return true;
  for (let start = 0; start + LONGEST_RUN <= text.length; start += 1) {
    const part = text.slice(start, start + LONGEST_RUN);
    const back = [...part].toReversed().join('');
    if (rows.some((row) => row.includes(part) || row.includes(back))) return true;
  }
  return false;
}
