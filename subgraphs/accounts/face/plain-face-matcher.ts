import { Worker } from 'node:worker_threads';
import type {
  FaceCompared,
  FaceMatcher,
  FaceMatcherAbout,
  FaceQuality,
  FaceRefusal,
  FaceTemplate,
} from './face-matcher.ts';
import { compareTemplates } from './face-template.ts';
import type { FaceQuestion } from './face-thread.ts';

/** What the shipped matcher is called, and what everybody who sees a result of it must be told. */
export const plainFaceMatcherAbout: FaceMatcherAbout = {
  name: 'plain-image-comparison-not-biometric-grade',
  version: '1',
  isBiometricGrade: false,
  title: {
    vi: 'So sánh ảnh đơn giản (không đạt chuẩn sinh trắc học)',
    en: 'Plain image comparison (not biometric grade)',
  },
  notice: {
    vi: 'Kết quả chỉ để trình diễn với ảnh giả lập: phép so sánh này không phân biệt được người thật, không phát hiện ảnh giả mạo và không được dùng để xác thực danh tính.',
    en: 'For demonstration with synthetic portraits only: this comparison cannot tell real people apart, does not notice a picture of a picture, and must not be used to verify who somebody is.',
  },
};

/** A question that takes longer has met a file made to take long; questions beyond so many that wait are refused. */
const LONGEST_MS = 8_000;
const MOST_WAITING = 64;

/** One question under way or waiting. */
interface Waiting {
  readonly question: FaceQuestion;
  readonly answer: (answer: unknown) => void;
}

/**
 * The shipped matcher: compares pictures in one thread of its own, so that the service goes on answering and a file that
 * takes for ever costs nothing but its own answer. The thread is started by the first question and again after it had to be
 * ended.
 */
export function createPlainFaceMatcher(longestMs = LONGEST_MS): FaceMatcher {
  const line = new QuestionLine(longestMs);
  const ask = (kind: FaceQuestion['ask'], ...images: Uint8Array[]): Promise<unknown> =>
    line.ask(kind, images);
  return {
    about: plainFaceMatcherAbout,
    compare: async (probe, reference) =>
      (await ask('compare', probe, reference)) as FaceCompared | FaceRefusal,
    quality: async (image) => (await ask('quality', image)) as FaceQuality | FaceRefusal,
    template: async (image) => (await ask('template', image)) as FaceTemplate | FaceRefusal,
    compareTemplates,
    close: () => line.close(),
  };
}

class QuestionLine {
  readonly #longestMs: number;
  readonly #waiting: Waiting[] = [];
  #underWay: { readonly waiting: Waiting; readonly timer: NodeJS.Timeout } | null = null;
  #thread: Worker | null = null;
  #asked = 0;

  constructor(longestMs: number) {
    this.#longestMs = longestMs;
  }

  ask(kind: FaceQuestion['ask'], images: readonly Uint8Array[]): Promise<unknown> {
    if (this.#waiting.length >= MOST_WAITING) return Promise.resolve(refused('MATCHER_BUSY'));
    this.#asked += 1;
    const question = { number: this.#asked, ask: kind, images };
    return new Promise((answer) => {
      this.#waiting.push({ question, answer });
      this.#next();
    });
  }

  async close(): Promise<void> {
    const thread = this.#thread;
    this.#drop();
    for (const { answer } of this.#waiting.splice(0)) answer(refused('MATCHER_FAILED'));
    await thread?.terminate();
  }

  #next(): void {
    if (this.#underWay !== null) return;
    const waiting = this.#waiting.shift();
    if (waiting === undefined) {
      // Nothing is asked: the thread alone must not keep the process.
      this.#thread?.unref();
      return;
    }
    const thread = this.#thread ?? this.#start();
    thread.ref();
    const timer = setTimeout(() => {
      void thread.terminate();
      this.#drop();
      this.#next();
    }, this.#longestMs);
    this.#underWay = { waiting, timer };
    thread.postMessage(waiting.question, []);
  }

  #start(): Worker {
    const thread = new Worker(new URL('face-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 },
    });
    thread.on('message', ({ number, answer }: { number: number; answer: unknown }) => {
      if (this.#underWay?.waiting.question.number !== number) return;
      this.#finish(answer);
      this.#next();
    });
    // Out of memory, or a fault of ours: whoever waits is told, and the next question has another thread.
    thread.on('error', () => {
      if (this.#thread !== thread) return;
      this.#drop();
      this.#next();
    });
    this.#thread = thread;
    return thread;
  }

  #finish(answer: unknown): void {
    if (this.#underWay === null) return;
    clearTimeout(this.#underWay.timer);
    this.#underWay.waiting.answer(answer);
    this.#underWay = null;
  }

  #drop(): void {
    this.#thread = null;
    this.#finish(refused('MATCHER_FAILED'));
  }
}

function refused(code: 'MATCHER_BUSY' | 'MATCHER_FAILED'): FaceRefusal {
  return { outcome: 'REFUSED', code, which: null };
}
