import decodeQR from 'qr/decode.js';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** How the camera stands; the last three are why it cannot be used. */
export type CameraState = 'off' | 'starting' | 'looking' | 'BLOCKED' | 'NO_CAMERA' | 'BUSY';

/** The camera, which looks for codes while it is on. */
export interface Scanner {
  readonly state: CameraState;
  /** Where its picture is shown. */
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly start: () => void;
  readonly stop: () => void;
}

/** As often as a rotating code needs it, and no phone grows warm of. */
const betweenLooksMs = 150;
/** Enough for the largest code of ours across half the picture. */
const longestSide = 960;

/**
 * Looks for QR codes with the camera, the one at the back where there are two. Every picture stays in this page. The
 * camera goes off with the screen, and when nobody looks at the page.
 */
export function useScanner(onText: (text: string) => void): Scanner {
  const [state, setState] = useState<CameraState>('off');
  const video = useRef<HTMLVideoElement>(null);
  const release = useRef<(() => void) | null>(null);
  const told = useRef(onText);
  useEffect(() => {
    told.current = onText;
  }, [onText]);

  const stop = useCallback(() => {
    release.current?.();
    release.current = null;
    setState('off');
  }, []);
  const start = useCallback(() => {
    release.current?.();
    setState('starting');
    let isWanted = true;
    let end = (): void => {};
    release.current = () => {
      isWanted = false;
      end();
    };
    openCamera()
      .then(async (stream) => {
        const element = video.current;
        if (!isWanted || element === null) return close(stream);
        element.srcObject = stream;
        const timer = setInterval(() => {
          const text = codeIn(element);
          if (text !== null) told.current(text);
        }, betweenLooksMs);
        end = () => {
          clearInterval(timer);
          element.srcObject = null;
          close(stream);
        };
        await element.play();
        if (isWanted) setState('looking');
      })
      .catch((error: unknown) => {
        if (!isWanted) return;
        end();
        setState(cameraFault(error));
      });
  }, []);
  useEffect(() => {
    const rest = (): void => {
      if (document.visibilityState === 'hidden' && release.current !== null) stop();
    };
    document.addEventListener('visibilitychange', rest);
    return () => {
      document.removeEventListener('visibilitychange', rest);
      release.current?.();
      release.current = null;
    };
  }, [stop]);
  return { state, video, start, stop };
}

/** Why a camera did not open, by the name of the error (Media Capture and Streams, getUserMedia). */
export function cameraFault(error: unknown): Extract<CameraState, 'BLOCKED' | 'NO_CAMERA' | 'BUSY'> {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'BLOCKED';
  return name === 'NotReadableError' || name === 'AbortError' ? 'BUSY' : 'NO_CAMERA';
}

async function openCamera(): Promise<MediaStream> {
  // Absent where the page did not come by a safe way.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) throw new DOMException('no camera here', 'NotFoundError');
  return devices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } },
  });
}

function close(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

const canvas = { current: null as HTMLCanvasElement | null };

/** What a code in the picture says; null while there is none to be read. */
function codeIn(video: HTMLVideoElement): string | null {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0 || videoHeight === 0) return null;
  const scale = Math.min(1, longestSide / Math.max(videoWidth, videoHeight));
  const width = Math.round(videoWidth * scale);
  const height = Math.round(videoHeight * scale);
  canvas.current ??= document.createElement('canvas');
  canvas.current.width = width;
  canvas.current.height = height;
  const context = canvas.current.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  context.drawImage(video, 0, 0, width, height);
  try {
    return decodeQR(context.getImageData(0, 0, width, height));
  } catch {
    // No code in this picture: the next one comes at once.
    return null;
  }
}
